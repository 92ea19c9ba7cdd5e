//! Running the program as a person does, in a folder of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What the program printed, and how it ended.
#[derive(Debug)]
pub struct Ran {
    pub stdout: String,
    pub stderr: String,
    pub code: i32,
}

/// The folder of the project.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs `parindex` in a folder, without colours and with no terminal.
#[track_caller]
pub fn run_in(folder: &Path, args: &[&str]) -> Ran {
    run_with(folder, args, &[])
}

/// [`run_in`] with environment variables.
#[track_caller]
pub fn run_with(folder: &Path, args: &[&str], variables: &[(&str, &str)]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parindex"));
    command.args(args).current_dir(folder).stdin(Stdio::null());
    command.env_remove("COLUMNS").env_remove("PARINDEX_LANG").env_remove("NO_COLOR");
    command.envs(variables.iter().copied());
    let output = command.output().expect("the program starts");
    Ran {
        stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
        code: output.status.code().expect("the program ends by itself"),
    }
}

/// Runs `parindex` in the project's folder.
#[track_caller]
pub fn run(args: &[&str]) -> Ran {
    run_in(project(), args)
}

/// A folder that is gone after the test, with some files in it.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new(files: &[(&str, &str)]) -> Folder {
        let folder = Folder(tempfile::tempdir().expect("a folder"));
        files.iter().for_each(|(name, text)| folder.write(name, text.as_bytes()));
        folder
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).expect("a file is written");
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    #[track_caller]
    pub fn run(&self, args: &[&str]) -> Ran {
        run_in(self.0.path(), args)
    }
}

/// Data that is shared beside the project and not a part of it; a test that needs it is skipped
/// with a word where it is absent.
pub fn shared(path: &str) -> Option<PathBuf> {
    let found = project().join("../shared").join(path);
    if !found.exists() {
        println!("skipped: {path} is not beside the project");
        return None;
    }
    Some(found)
}

/// Python with some modules: what `PARINDEX_PYTHON` names, else `python3`. A test that needs it is
/// skipped with a word where it is absent.
pub fn python(modules: &[&str]) -> Option<PathBuf> {
    let python = std::env::var_os("PARINDEX_PYTHON").map_or_else(|| PathBuf::from("python3"), PathBuf::from);
    let imports = format!("import sys{}", modules.iter().map(|name| format!(", {name}")).collect::<String>());
    let found = Command::new(&python).args(["-c", &imports]).output().is_ok_and(|ran| ran.status.success());
    if !found {
        println!("skipped: there is no python3 with {modules:?}");
    }
    found.then_some(python)
}
