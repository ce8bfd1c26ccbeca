//! Full and failing disks; hostile files in the place of ours.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use gouji::store::{self, Digest, Home, RealDisk, To, left_behind};

use super::{flush, keeper, load, now, real_home, time};
use crate::disks::Meddled;
use crate::support::{arg, catalog, draft, folder, gouji, new_draft, put, set};

#[test]
fn a_failing_disk_is_told_with_what_is_safe_and_what_to_do() {
    let (form, draft) = draft(&[], "");
    let cases = [
        (io::ErrorKind::StorageFull, "磁盘空间不足", "清理磁盘"),
        (io::ErrorKind::ReadOnlyFilesystem, "磁盘是只读的", "写保护"),
        (io::ErrorKind::NotFound, "共享文件夹断开", "重新插上"),
        (io::ErrorKind::PermissionDenied, "没有权限", "请管理员"),
        (io::ErrorKind::InvalidFilename, "文件名太长", "短一些"),
        (io::ErrorKind::StaleNetworkFileHandle, "断开", "重新连接"),
        (io::ErrorKind::ResourceBusy, "占用", "另存到别处"),
    ];
    for (kind, what, to_do) in cases {
        let folder = folder();
        let path = folder.path().join("年报.gouji");
        let disk = Meddled::before(move |_, name| if name == "write" { Err(kind.into()) } else { Ok(()) });
        let message = store::save(&disk, &path, form.report(&draft)).unwrap_err().to_string();
        assert!(message.contains(what) && message.contains(to_do) && message.contains("没有改动"), "{message}");
    }
    let folder = folder();
    let long = folder.path().join(format!("{}.gouji", "报".repeat(100)));
    // Windows counts characters, of which this name has few enough.
    if !cfg!(windows) {
        let message = store::save(&RealDisk, &long, form.report(&draft)).unwrap_err().to_string();
        assert!(message.contains("文件名太长"), "{message}");
    }
    let gone = folder.path().join("无").join("年报.gouji");
    assert!(store::save(&RealDisk, &gone, form.report(&draft)).unwrap_err().to_string().contains("文件夹不存在"));
}

/// A small file system in memory, gone with the value. `None` where mounting is not permitted.
#[cfg(target_os = "linux")]
struct SmallDisk(PathBuf);

#[cfg(target_os = "linux")]
impl SmallDisk {
    fn mount(at: PathBuf) -> Option<Self> {
        std::fs::create_dir(&at).unwrap();
        let mount = std::process::Command::new("mount").args(["-t", "tmpfs", "-o", "size=256k", "gouji-test"]).arg(&at).output();
        mount.is_ok_and(|output| output.status.success()).then_some(Self(at))
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        let unmounted = std::process::Command::new("umount").arg(&self.0).status();
        assert!(unmounted.is_ok_and(|status| status.success()) || std::thread::panicking());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_the_old_draft_stands_and_work_goes_on() {
    let folder = folder();
    let Some(small) = SmallDisk::mount(folder.path().join("小")) else {
        println!("skipped: no permission to mount a small file system here");
        return;
    };
    let home = Home { disk: Arc::new(RealDisk), folder: small.0.join("gouji") };
    let path = small.0.join("年报.gouji");
    let (form, old) = draft(&[("new.nat", "1")], "");
    store::save(&RealDisk, &path, form.report(&old)).unwrap();
    let mut keeper = keeper(store::open(&home, &path, &catalog(), time()).unwrap());
    let mut last = old.clone();
    let mut num_saved = 0;
    let (mut refused, mut trouble) = (None, None);
    for size in 1..200 {
        let (_, next) = draft(&[("new.nat", "2")], &"长".repeat(size * 700));
        keeper.record(&next, None, time());
        trouble = flush(&keeper).err().or(trouble);
        match keeper.order(To::File(path.clone()), &next).perform(&now()) {
            Ok(saved) => {
                keeper.saved(&saved, time());
                (last, num_saved) = (next, num_saved + 1);
            }
            Err(err) => refused = Some(err.to_string()),
        }
        assert_eq!(load(&path), last, "old or new, whole");
        if refused.is_some() && trouble.is_some() {
            break;
        }
    }
    let (refused, trouble) = (refused.unwrap(), trouble.unwrap());
    assert!(refused.contains("磁盘空间不足") && trouble.reason.contains("磁盘空间不足"), "{refused} {trouble}");
    println!("tmpfs of 256 KB: {num_saved} saves, then: {refused}; {trouble}");
    let elsewhere = folder.path().join("别处.gouji");
    let (_, next) = draft(&[("new.nat", "3")], "救下来的");
    keeper.order(To::File(elsewhere.clone()), &next).perform(&now()).expect("save as works");
    assert_eq!(load(&elsewhere), next);
    drop(keeper);
    for left in left_behind(&home, &catalog(), time()) {
        assert!(left.found.is_ok(), "{left:?}");
    }
}

#[test]
fn hostile_files_in_the_place_of_ours_are_refused_quickly() {
    let folder = folder();
    let home = real_home(&folder);
    let catalog = catalog();
    std::fs::create_dir_all(home.journals()).unwrap();
    let began = Instant::now();
    let sparse = |path: &Path| {
        put(path, b"");
        std::fs::OpenOptions::new().write(true).open(path).unwrap().set_len(2_000_000_000).unwrap();
    };
    let zeros = folder.path().join("零.gouji");
    sparse(&zeros);
    assert!(store::open(&home, &zeros, &catalog, time()).unwrap_err().to_string().contains("超过 20 MB"));
    // Lines with a right sum, so that what is inside is looked at.
    let line = |text: &str| format!("{} {text}\n", Digest::of(text.as_bytes()).to_string().split('-').nth(1).unwrap());
    let (form, empty) = draft(&[], "");
    let deep = "[".repeat(1_000_000);
    let quoted = serde_json::to_string(&store::encode(form.report(&empty))).unwrap();
    let cases = [
        ("1.journal", Vec::new()),
        ("2.journal", b"\0".repeat(1000)),
        ("3.journal", line(&deep).into_bytes()),
        ("4.journal", line("{\"journal\":2,\"whatever\":1}").into_bytes()),
        ("5.journal", line(&format!("{{\"journal\":1,\"x\":{deep}}}")).into_bytes()),
        ("6.journal", line(&format!("{{\"journal\":1,\"form\":\"\",\"agency\":\"\",\"year\":0,\"path\":null,\"file\":null,\"edits\":0,\"ms\":9223372036854775807,\"draft\":\"{}\"}}", "(".repeat(1_000_000))).into_bytes()),
    ];
    for (name, bytes) in &cases {
        put(&home.journals().join(name), bytes);
    }
    sparse(&home.journals().join("7.journal"));
    std::fs::create_dir(home.journals().join("8.journal")).unwrap();
    let good = format!(
        "{{\"journal\":1,\"form\":\"F2021\",\"agency\":\"\",\"year\":2025,\"path\":null,\"file\":null,\"edits\":18446744073709551615,\"ms\":9223372036854775807,\"draft\":{quoted}}}"
    );
    put(&home.journals().join("9.journal"), line(&good).as_bytes());
    let left = left_behind(&home, &catalog, time());
    assert_eq!(left.len(), 9);
    for left in &left[..8] {
        let message = left.found.as_ref().unwrap_err().to_string();
        assert!(message.contains(left.file.to_str().unwrap()), "{message}");
        assert!(left.file.exists(), "left as it is");
    }
    assert!(left[8].found.is_ok());
    #[cfg(unix)]
    {
        let (pipe, victim) = (folder.path().join("管道.gouji"), folder.path().join("重要.txt"));
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert!(store::open(&home, &pipe, &catalog, time()).unwrap_err().to_string().contains("设备或管道"));
        // A link in the place of the lock does not lead us to empty another file.
        put(&victim, b"important");
        let path = new_draft(&folder, "年报.gouji", "测试局", 2025, &[]);
        std::os::unix::fs::symlink(&victim, folder.path().join(".年报.gouji.lock")).unwrap();
        set(&path, &["new.nat=3".to_owned()]);
        assert_eq!(std::fs::read(&victim).unwrap(), b"important");
        assert_eq!(gouji(&["check", &arg(&folder, "管道.gouji")]).code, 2);
    }
    println!("hostile files in {:?}", began.elapsed());
}
