//! `gouji.com`, beside `gouji.exe` on Windows: what a command prompt takes when it is told `gouji`.
//!
//! `gouji.exe` is a windowed program: no black console stands behind its window, and it cannot write to the one it is called
//! from. This one is a console program; it calls the other with the same arguments, hands on what goes in and comes out, and
//! ends with its exit code.
#![forbid(unsafe_code)]

use std::io::{self, Read, Write};
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread;

fn main() -> ExitCode {
    match run() {
        Ok(code) => ExitCode::from(code),
        Err(err) => {
            // Nobody is left to be told when this fails too.
            let _told = writeln!(io::stderr(), "没有能启动勾稽（gouji.exe 应当和 gouji.com 在同一个文件夹）：{err}");
            ExitCode::from(2)
        }
    }
}

/// The exit code of the program, 2 where it was ended by the system.
fn run() -> io::Result<u8> {
    let program = std::env::current_exe()?.with_file_name("gouji.exe");
    let mut child = Command::new(program)
        .args(std::env::args_os().skip(1))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    hand_on(&mut child)?;
    let code = child.wait()?.code();
    Ok(code.and_then(|code| u8::try_from(code).ok()).unwrap_or(2))
}

/// Copies until the program has closed both of its outputs.
fn hand_on(child: &mut Child) -> io::Result<()> {
    let (input, output, errors) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    // Not waited for: at a prompt nobody may ever type, and the program does not read either.
    thread::spawn(move || input.map(|mut input| io::copy(&mut io::stdin(), &mut input)));
    let told = thread::spawn(move || copy(errors, &mut io::stderr()));
    copy(output, &mut io::stdout())?;
    told.join().unwrap_or(Ok(()))
}

/// A reader that is gone, such as `more` that was left, is no failure: the program goes on for nobody.
fn copy(from: Option<impl Read>, to: &mut impl Write) -> io::Result<()> {
    let Some(mut from) = from else { return Ok(()) };
    match io::copy(&mut from, to).and_then(|_count| to.flush()) {
        Err(err) if err.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}
