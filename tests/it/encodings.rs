//! One file in every encoding in which offices keep theirs, written by Python's and iconv's tables, which
//! are not ours: the scores are the same.

use crate::support::{Folder, project};
use std::fs;
use std::process::Command;

/// Writes the file that is given in other encodings. VNI as the keyboard program xvnkb writes it.
const WRITE: &str = r#"
import subprocess, sys, unicodedata
text = open(sys.argv[1], encoding="utf-8", newline="").read()
TONES = "\u0301\u0300\u0309\u0303\u0323"
def parts(c):
    n = unicodedata.normalize("NFD", c)
    tone = "".join(x for x in n if x in TONES)
    return unicodedata.normalize("NFC", "".join(x for x in n if x not in TONES)), tone
def vni(c):
    letter, tone = parts(c)
    small = letter.lower()
    if small == "i":
        code = dict(zip(["", *TONES], "i í ì æ ó ò".split()))[tone]
    elif small == "y" and tone == TONES[4]:
        code = "î"
    elif small in "aeouyơưâăêôđ":
        base, marks = {"â": ("a", "âáàåãä"), "ê": ("e", "âáàåãä"), "ô": ("o", "âáàåãä"), "ă": ("a", "êéèúüë"),
                       "ơ": ("ô", None), "ư": ("ö", None), "đ": ("ñ", None)}.get(small, (small, None))
        at = ["", *TONES].index(tone)
        code = base + (marks[at] if marks else ["", *"ùøûõï"][at])
    else:
        return c
    return code.upper() if letter != small else code
def tcvn3(c):
    letter, tone = parts(c)
    c = c.lower() if tone and c != c.lower() else c  # capitals with tones have no signs of their own
    return codes.get(c) or c
letters = sorted({c for c in text if ord(c) > 127} | {c.lower() for c in text if ord(c) > 127})
to_tcvn = ["iconv", "-f", "UTF-8", "-t", "TCVN5712-1"]
codes = {c: subprocess.run(to_tcvn, input=c.encode(), capture_output=True).stdout.decode("latin-1") for c in letters}
folder = sys.argv[2] + "/"
cp1258 = b"".join("".join(parts(c)).encode("cp1258") for c in text)
semicolons = text.replace(",", ";").replace("\n", "\r\n")
for name, data in {
    "utf-8-bom": text.encode("utf-8-sig"),
    "utf-8-decomposed": unicodedata.normalize("NFD", text).encode(),
    "unicode-text": text.replace(",", "\t").encode("utf-16"),
    "utf-16-be": text.encode("utf-16-be"),
    "windows-1258": cp1258,
    "semicolons": semicolons.encode("utf-8-sig"),
    "tcvn3-ansi": "".join(map(tcvn3, text)).encode("cp1252"),
    "tcvn3-utf-8": "".join(map(tcvn3, text)).encode(),
    "vni-ansi": "".join(map(vni, text)).encode("cp1252"),
    "vni-utf-8": "".join(map(vni, text)).encode("utf-8-sig"),
}.items():
    open(folder + name + ".csv", "wb").write(data)
"#;

#[test]
fn an_encoding_changes_no_score() {
    let source = project().join("examples/dak-lak-2026/results-xa.csv");
    let folder = Folder::new(&[("write.py", WRITE)]);
    let script = folder.path("write.py");
    let written = Command::new("python3").arg("-B").args([&script, &source]).arg(folder.path("")).output();
    if !written.is_ok_and(|written| written.status.success()) {
        println!("skipped: python3 or iconv is not installed");
        return;
    }
    let score = |file: &str| {
        let args = ["score", "--criteria", "qd766-xa-2026", "--format", "csv", "--results", file];
        folder.run(&args)
    };
    fs::copy(&source, folder.path("utf-8.csv")).expect("the example is copied");
    let base = score("utf-8.csv");
    assert_eq!((base.code, base.stdout.lines().count()), (0, 103), "{}", base.stderr);
    for (name, said) in [
        ("utf-8-bom", ""),
        ("utf-8-decomposed", ""),
        ("unicode-text", ""),
        ("utf-16-be", "UTF-16 [read-as-encoding]"),
        ("windows-1258", "windows-1258 [read-as-encoding]"),
        ("semicolons", ""),
        ("tcvn3-ansi", "TCVN3"),
        ("tcvn3-utf-8", "TCVN3"),
        ("vni-ansi", "VNI"),
        ("vni-utf-8", "VNI"),
    ] {
        let ran = score(&format!("{name}.csv"));
        assert_eq!(ran.code, 0, "{name}: {}", ran.stderr);
        assert!(ran.stderr.contains(said), "{name}: {}", ran.stderr);
        let is_said = ran.stderr.contains("[read-as-");
        assert_eq!(is_said, !said.is_empty(), "{name}: {}", ran.stderr);
        // TCVN3 has no signs of its own for capitals with tones.
        let read = |text: &str| if name.starts_with("tcvn3") { text.to_lowercase() } else { text.to_owned() };
        let lines = base.stdout.lines().zip(ran.stdout.lines());
        for (expected, found) in lines {
            assert_eq!(read(expected), read(found), "{name}");
        }
    }
}

/// A file that is read in parts: what was decoded stays whole where parts meet, and the fingerprint is of
/// the file's own bytes.
#[test]
fn a_large_file_in_utf16_is_read_in_parts() {
    let mut text = String::from("unit\tcriterion\tvalue\tnote\r\n");
    for unit in 0..30_000 {
        for criterion in ["1.1", "1.2"] {
            text += &format!("Đơn vị {unit:05}\t{criterion}\t85,5\tƯớc thực hiện\r\n");
        }
    }
    let set = "[set]\nid = \"bo\"\nname = \"Bộ\"\nstatus = \"sample\"\nmax = 100\n\
        [[criterion]]\nid = \"1\"\nname = \"A\"\nmax = 100\n\
        [[criterion]]\nid = \"1.1\"\nname = \"B\"\nmax = 50\nkind = \"proportional\"\n\
        [[criterion]]\nid = \"1.2\"\nname = \"C\"\nmax = 50\nkind = \"proportional\"\n";
    let folder = Folder::new(&[("bo.toml", set), ("utf8.csv", &text)]);
    let bytes: Vec<u8> =
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    folder.write("utf16.csv", &bytes);
    let score = |file: &str, format: &str| {
        folder.run(&["score", "--criteria", "bo.toml", "--results", file, "--format", format])
    };
    let (narrow, wide) = (score("utf8.csv", "csv"), score("utf16.csv", "csv"));
    assert_eq!((wide.code, wide.stderr.as_str()), (0, ""));
    assert!(narrow.stdout == wide.stdout && 30_000 < wide.stdout.lines().count());
    let print = parindex::load::sha256(&bytes);
    assert!(score("utf16.csv", "json").stdout.contains(&print), "the file's own fingerprint");
}
