//! Files from elsewhere are read in a child process: this very program with a hidden argument, the file on its standard input, what
//! stands in it on its standard output: a neutral page, a workbook with all it says of itself, or the lines of a register. It may take so much memory and so long; when it goes over, or falls over, it is ended and
//! named, and the program lives on. It opens no file and no socket: readers touch neither.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::lines::{self, Sheet, wire};
use super::source::{self, SourceKind};
use super::xlsx::{self, Workbook};
use super::{Page, ReadError};

/// The hidden first argument; the second is the kind of file.
pub const ARGUMENT: &str = "--read-apart";

/// Most memory of the child, in bytes. The program itself sees to it, see `main`.
pub const MAX_MEMORY: usize = 256 << 20;

/// Longest time.
const MAX_TIME: Duration = Duration::from_secs(10);

/// Longest file, in bytes.
const MAX_FILE: u64 = 64 << 20;

/// Longest answer, in bytes.
const MAX_ANSWER: u64 = 64 << 20;

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// The program that reads: called once by `main` with its own path. Where nobody calls it (the library in another program, which
/// does not know the hidden argument) files are read in place.
pub fn use_program(program: PathBuf) {
    // The first one stays; a second call names the same program.
    let _first = PROGRAM.set(program);
}

/// What a workbook is called, for the child: all that stands in it, not its tables alone.
const WORKBOOK: &str = "workbook";

/// What a register is called, for the child.
pub const LINES: &str = "lines";

/// The file as a neutral page, read by a child.
///
/// # Errors
/// As [`source::read`]; or it took too much memory or time, or the reader fell over.
pub fn page(kind: SourceKind, bytes: &[u8]) -> Result<Page, ReadError> {
    read(kind.key(), bytes, |bytes| source::read(kind, bytes))
}

/// A workbook with its names and all it says of itself, read by a child.
///
/// # Errors
/// As [`xlsx::open`] and [`page`].
pub fn workbook(bytes: &[u8]) -> Result<Workbook, ReadError> {
    read(WORKBOOK, bytes, xlsx::open)
}

/// The sheets of a register, read by a child.
///
/// # Errors
/// As [`lines::read`] and [`page`].
pub fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, ReadError> {
    match child(LINES) {
        Some(mut command) => sheets_by(&mut command, bytes, MAX_TIME),
        None => lines::read(bytes),
    }
}

/// By the program where there is one, else in place.
fn read<T: DeserializeOwned>(kind: &str, bytes: &[u8], in_place: impl Fn(&[u8]) -> Result<T, ReadError>) -> Result<T, ReadError> {
    child(kind).map_or_else(|| in_place(bytes), |mut command| by(&mut command, bytes, MAX_TIME))
}

/// The program that reads a file of this kind, where there is one.
fn child(kind: &str) -> Option<Command> {
    let mut command = Command::new(PROGRAM.get()?);
    command.arg(ARGUMENT).arg(kind);
    Some(command)
}

/// What this command, which must know the hidden argument, makes of the file within this time.
///
/// # Errors
/// As [`page`].
pub fn by<T: DeserializeOwned>(command: &mut Command, bytes: &[u8], time: Duration) -> Result<T, ReadError> {
    told(command, bytes, time, |answer| serde_json::from_slice(answer))
}

/// The sheets that this command, asked for [`LINES`], makes of the file within this time.
///
/// # Errors
/// As [`sheets`].
pub fn sheets_by(command: &mut Command, bytes: &[u8], time: Duration) -> Result<Vec<Sheet>, ReadError> {
    told(command, bytes, time, wire::parse)
}

/// The child's answer by this parser.
fn told<T>(
    command: &mut Command,
    bytes: &[u8],
    time: Duration,
    parse: impl Fn(&[u8]) -> serde_json::Result<Result<T, ReadError>>,
) -> Result<T, ReadError> {
    let refused = |why: &str| ReadError::Unreadable(why.to_owned());
    quiet(command);
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut child = child.map_err(|_refused| refused("系统没有让读文件的程序启动，请重新打开勾稽再试"))?;
    let (answer, status) = converse(&mut child, bytes, time);
    match (answer, status) {
        (Err(RecvTimeoutError::Timeout), _) => Err(refused("读了 10 秒还没有读完，已经停下；文件可能损坏，或者大得不像报告和台账")),
        (Ok(answer), Some(status)) if status.success() => {
            parse(&answer).unwrap_or_else(|_cut| Err(refused("读出来的内容太多，不像一份报告或者台账")))
        }
        _ => Err(fell_over()),
    }
}

fn fell_over() -> ReadError {
    ReadError::Unreadable("读这个文件要用的内存太多，或者读的时候出了错，已经停下；文件可能损坏，或者大得不像报告和台账".to_owned())
}

/// Hands the file over and takes the answer. A child that does not end is ended.
fn converse(child: &mut Child, bytes: &[u8], time: Duration) -> (Result<Vec<u8>, RecvTimeoutError>, Option<ExitStatus>) {
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let (send, receive) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(move || {
            // A child that has fallen over takes no more; its status tells.
            let _written = input.map(|mut input| input.write_all(bytes));
        });
        scope.spawn(move || {
            let mut answer = Vec::new();
            let read = output.map(|output| output.take(MAX_ANSWER).read_to_end(&mut answer));
            if matches!(read, Some(Ok(_))) {
                // Nobody waits any more when the time is over.
                let _sent = send.send(answer);
            }
        });
        let answer = receive.recv_timeout(time);
        if answer.is_err() {
            // It may have ended by itself meanwhile.
            let _killed = child.kill();
        }
        (answer, child.wait().ok())
    })
}

/// No console window flashes up.
#[cfg(windows)]
fn quiet(command: &mut Command) {
    use std::os::windows::process::CommandExt as _;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(CREATE_NO_WINDOW);
}

#[cfg(not(windows))]
fn quiet(_: &mut Command) {}

/// The child's part: reads the file from `input`, writes the answer to `output`. Returns the exit code.
pub fn serve(kind: &str, input: &mut dyn Read, output: &mut dyn Write) -> u8 {
    let mut bytes = Vec::new();
    if input.take(MAX_FILE).read_to_end(&mut bytes).is_err() {
        return 2;
    }
    let answer = match kind {
        WORKBOOK => written(&xlsx::open(&bytes)),
        LINES => wire::write(&lines::read(&bytes)),
        kind => {
            let Some(kind) = SourceKind::of(std::path::Path::new(&format!("a.{kind}"))) else { return 2 };
            written(&source::read(kind, &bytes))
        }
    };
    let written = answer.map(|answer| output.write_all(&answer).and_then(|()| output.flush()));
    u8::from(!matches!(written, Ok(Ok(()))))
}

fn written<T: Serialize>(answer: &Result<T, ReadError>) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec(answer)
}
