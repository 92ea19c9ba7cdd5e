//! PDF: the pages of a Word file, by LibreOffice where it is installed.
//!
//! LibreOffice sets the type, breaks the pages and embeds the fonts; nothing that fits into this program
//! does that as well. It runs in a folder of its own, with a profile of its own, so that one that is
//! open on the screen does not take the work, and its time is limited.

use crate::global::Global;
use crate::lang::Text;
use crate::text;
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// The longest that LibreOffice may take: five minutes, and one more for every 50 kB of a document. A
/// hundred and seventy pages, 280 kB, take it twenty seconds where it has a core to itself.
fn patience(bytes: usize) -> Duration {
    Duration::from_secs(300 + bytes as u64 * 60 / 50_000)
}

/// Where LibreOffice is where no path leads to it.
const USUAL: [&str; 7] = [
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/usr/local/bin/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.com",
    "C:\\Program Files (x86)\\LibreOffice\\program\\soffice.com",
];

/// Fonts that are as wide as Times New Roman, letter by letter.
const AS_WIDE: [&str; 3] = ["TimesNewRoman", "Tinos", "LiberationSerif"];

/// The pages of a Word file.
///
/// # Errors
/// LibreOffice is not there, or does not do it.
pub(super) fn from_docx(docx: &[u8], global: Global) -> Result<Vec<u8>> {
    let Some(office) = find()? else {
        bail!(
            "không tìm thấy LibreOffice để tạo PDF: cài LibreOffice, hoặc xuất .docx rồi lưu thành PDF trong Word · LibreOffice is not there to make a PDF: install it, or export .docx and save it as PDF in Word"
        );
    };
    let folder = tempfile::tempdir()?;
    let (word, pages) = (folder.path().join("phu-luc.docx"), folder.path().join("phu-luc.pdf"));
    std::fs::write(&word, docx)?;
    let mut child = start(&office, folder.path(), &word).with_context(|| office.display().to_string())?;
    let patience = patience(docx.len());
    let Some(status) = wait(&mut child, patience)? else {
        let seconds = patience.as_secs();
        bail!(
            "LibreOffice không xong sau {seconds} giây; xuất .docx rồi lưu thành PDF · LibreOffice was not done after {seconds} seconds; export .docx and save it as PDF"
        );
    };
    match std::fs::read(&pages) {
        Ok(mut pdf) if pdf.starts_with(b"%PDF-") => {
            take_out_the_clock(&mut pdf);
            super::output::say(&font_note(&pdf).into_iter().collect::<Vec<_>>(), global);
            Ok(pdf)
        }
        _ => bail!(
            "LibreOffice ({}) không tạo được PDF ({status}); xuất .docx rồi lưu thành PDF · LibreOffice made no PDF; export .docx and save it as PDF",
            office.display()
        ),
    }
}

fn start(office: &Path, folder: &Path, word: &Path) -> Result<Child> {
    let profile = folder.join("profile");
    let mut command = Command::new(office);
    command.arg(format!("-env:UserInstallation={}", file_url(&profile)));
    command.args([
        "--headless",
        "--norestore",
        "--nologo",
        "--convert-to",
        "pdf:writer_pdf_Export",
        "--outdir",
    ]);
    command.arg(folder).arg(word);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    Ok(command.spawn()?)
}

/// How it ended; `None` if it had to be ended.
fn wait(child: &mut Child, patience: Duration) -> Result<Option<ExitStatus>> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if patience < start.elapsed() {
            end(child);
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Ends the program and those that it started: it is a script that starts another.
fn end(child: &mut Child) {
    let id = child.id();
    let mut command = if cfg!(windows) {
        let mut command = Command::new("taskkill");
        command.args(["/T", "/F", "/PID", &id.to_string()]);
        command
    } else {
        let mut command = Command::new("kill");
        command.args(["-KILL", "--", &format!("-{id}")]);
        command
    };
    let _ = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let _ = child.kill();
    let _ = child.wait();
}

/// The variable that names LibreOffice where it is installed nowhere: on a stick, in a folder.
const NAMED: &str = "PARINDEX_LIBREOFFICE";

/// LibreOffice: where it was said to be, by the path of programs, else where it usually is.
fn find() -> Result<Option<PathBuf>> {
    if let Some(named) = std::env::var_os(NAMED).filter(|named| !named.is_empty()) {
        let named = PathBuf::from(named);
        if !named.is_file() {
            bail!("{NAMED}: không có tệp · there is no file {}", named.display());
        }
        return Ok(Some(named));
    }
    let names: &[&str] =
        if cfg!(windows) { &["soffice.com", "soffice.exe"] } else { &["soffice", "libreoffice"] };
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let on_path = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    Ok(on_path.chain(USUAL.map(PathBuf::from)).find(|path| path.is_file()))
}

/// A path as LibreOffice wants it: `file:///C:/…`, with what is not a plain letter escaped.
fn file_url(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let mut url = String::from(if text.starts_with('/') { "file://" } else { "file:///" });
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b':' | b'-' | b'_' | b'.' | b'~' => {
                url.push(char::from(byte));
            }
            byte => url += &format!("%{byte:02X}"),
        }
    }
    url
}

/// Puts a fixed date and an id that is made from the file in the place of the time at which it was made
/// and of what LibreOffice made from that. No byte moves, for the file counts them.
fn take_out_the_clock(pdf: &mut [u8]) {
    for key in [&b"/CreationDate(D:"[..], b"/ModDate(D:"] {
        write_over(pdf, key, b"19800101000000", u8::is_ascii_digit);
    }
    let id = |pdf: &mut [u8], sign: &[u8]| {
        if let Some(at) = memchr::memmem::rfind(pdf, b"/ID [")
            && let Some((first, second)) = pdf[at..].split_at_mut_checked(5 + 34)
        {
            write_over(first, b"<", sign, u8::is_ascii_hexdigit);
            write_over(second, b"<", sign, u8::is_ascii_hexdigit);
        }
        write_over(pdf, b"/DocChecksum /", sign, u8::is_ascii_hexdigit);
    };
    id(pdf, &[b'0'; 32]);
    let sign: String = Sha256::digest(&*pdf).iter().take(16).map(|byte| format!("{byte:02X}")).collect();
    id(pdf, sign.as_bytes());
}

/// Writes over the signs of one kind that follow the last such key, as many as there are.
fn write_over(bytes: &mut [u8], key: &[u8], with: &[u8], is_old: fn(&u8) -> bool) {
    let Some(at) = memchr::memmem::rfind(bytes, key) else { return };
    let old = bytes[at + key.len()..].iter_mut().take_while(|byte| is_old(byte));
    old.zip(with).for_each(|(old, new)| *old = *new);
}

/// Whether letters had to be taken from a font that looks otherwise.
fn font_note(pdf: &[u8]) -> Option<Text> {
    let mut fonts: Vec<String> = Vec::new();
    for at in memchr::memmem::find_iter(pdf, b"/BaseFont/") {
        let name =
            pdf[at + 10..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"+-".contains(byte));
        let name: String = name.map(|byte| char::from(*byte)).collect();
        let name = name.split_once('+').map_or(name.clone(), |(_, name)| name.to_owned());
        let is_known = AS_WIDE.iter().any(|font| name.starts_with(font)) || fonts.contains(&name);
        if !is_known && !name.is_empty() {
            fonts.push(name);
        }
    }
    fonts.sort();
    let fonts = fonts.join(", ");
    (!fonts.is_empty()).then(|| {
        text!(
            "máy này thiếu phông Times New Roman có đủ chữ Việt; PDF dùng cả phông {fonts}",
            "this machine has no Times New Roman with all Vietnamese letters; the PDF also uses {fonts}"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_url() {
        assert_eq!(file_url(Path::new("/tmp/Đợt 1/a")), "file:///tmp/%C4%90%E1%BB%A3t%201/a");
        assert_eq!(file_url(Path::new("C:\\Tmp\\a")), "file:///C:/Tmp/a");
    }

    #[test]
    fn a_file_made_later_is_the_same_file() {
        let made = |date: &str, id: &str| {
            let text = format!(
                "%PDF-1.6 /CreationDate(D:{date}+07'00') /ID [ <{id}>\n<{id}> ]\n/DocChecksum /{id}\n"
            );
            let mut pdf = text.into_bytes();
            take_out_the_clock(&mut pdf);
            String::from_utf8(pdf).unwrap_or_default()
        };
        let (one, other) =
            (made("20261122152655", &"A1".repeat(16)), made("20270101000000", &"0F".repeat(16)));
        assert_eq!(one, other);
        assert!(one.contains("/CreationDate(D:19800101000000+07'00')"), "{one}");
        let id = &one[one.find('<').map_or(0, |at| at + 1)..][..32];
        assert_eq!(one.matches(id).count(), 3, "{one}");
    }

    #[test]
    fn a_font_that_is_not_as_wide_is_named() {
        let pdf = b"<</BaseFont/BAAAAA+LiberationSerif-Bold /BaseFont/CAAAAA+DejaVuSerif>> /BaseFont/Tinos";
        assert!(font_note(pdf).is_some_and(|note| note.vi.ends_with("phông DejaVuSerif")));
        assert_eq!(font_note(b"/BaseFont/AAAAAA+TimesNewRomanPSMT"), None);
    }
}
