//! Old Word and WPS files by way of `LibreOffice`, where it is installed: it writes them anew as .docx into a folder of its own.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs, io, process, thread};

/// Longest time for one file; the first start takes some seconds.
const MAX_TIME: Duration = Duration::from_mins(1);
/// How often is looked whether it is done.
const PAUSE: Duration = Duration::from_millis(50);
/// Where it stands when it is not on the path.
const USUAL: [&str; 4] = [
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice/program/soffice",
];

/// The next conversion's number.
static CALLS: AtomicU32 = AtomicU32::new(0);

/// The program, where it is installed.
pub fn program() -> Option<PathBuf> {
    let names = ["soffice.exe", "soffice", "libreoffice"];
    let path = env::var_os("PATH").unwrap_or_default();
    let on_path = env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name)));
    on_path.chain(USUAL.iter().map(PathBuf::from)).find(|program| program.is_file())
}

/// The file as .docx; `None` where `LibreOffice` is not installed.
///
/// # Errors
/// It could not be started, or has written nothing in time.
pub fn as_docx(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let Some(program) = program() else { return Ok(None) };
    // Several may be converted at once.
    let number = CALLS.fetch_add(1, Ordering::Relaxed);
    let folder = env::temp_dir().join(format!("gouji-office-{}-{number}", process::id()));
    fs::create_dir_all(&folder)?;
    let result = convert(&program, path, &folder);
    let cleared = fs::remove_dir_all(&folder);
    let bytes = result?;
    cleared?;
    Ok(Some(bytes))
}

fn convert(program: &Path, path: &Path, folder: &Path) -> io::Result<Vec<u8>> {
    // A profile of its own: a LibreOffice that is open would take the order and say nothing.
    let mut profile = OsStr::new("-env:UserInstallation=file://").to_owned();
    profile.push(folder.join("profile"));
    let mut child = Command::new(program)
        .arg(profile)
        .args(["--headless", "--norestore", "--convert-to", "docx", "--outdir"])
        .arg(folder)
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let start = Instant::now();
    while child.try_wait()?.is_none() {
        if start.elapsed() > MAX_TIME {
            child.kill()?;
            child.wait()?;
            return Err(io::Error::new(io::ErrorKind::TimedOut, "LibreOffice 太久没有转换完"));
        }
        thread::sleep(PAUSE);
    }
    let name = path.with_extension("docx");
    fs::read(folder.join(name.file_name().unwrap_or_default()))
}
