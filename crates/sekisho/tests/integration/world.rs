//! A directory with a manifest and a state of its own, and the program run in it.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A temporary project.
pub struct World {
    directory: tempfile::TempDir,
}

/// What the program said, with the directory's path replaced by `@`.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl World {
    /// An empty project. It is a repository's root, so that nothing above it is looked at.
    pub fn empty() -> Self {
        let directory = tempfile::tempdir().unwrap();
        std::fs::create_dir(directory.path().join(".git")).unwrap();
        Self { directory }
    }

    /// A project with this manifest.
    pub fn with_manifest(manifest: &str) -> Self {
        let world = Self::empty();
        world.write("sekisho.toml", manifest);
        world
    }

    /// A copy of `examples/shop`.
    pub fn shop() -> Self {
        fn copy(from: &Path, to: &Path) {
            std::fs::create_dir_all(to).unwrap();
            for entry in std::fs::read_dir(from).unwrap().flatten() {
                let target = to.join(entry.file_name());
                if entry.file_type().unwrap().is_dir() {
                    copy(&entry.path(), &target);
                } else {
                    std::fs::copy(entry.path(), target).unwrap();
                }
            }
        }
        let world = Self::empty();
        copy(&repository().join("examples/shop"), world.path());
        world
    }

    pub fn path(&self) -> &Path {
        self.directory.path()
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// The program with `arguments`, its environment scrubbed: English, no colours, a state of this project.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.args(arguments).current_dir(self.path()).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", self.path().join("home")).env("XDG_STATE_HOME", self.path().join("state"));
        command.env("LC_ALL", "C").env("AWS_EC2_METADATA_DISABLED", "true").env("NO_COLOR", "1");
        command.stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Said {
        self.said(self.command(arguments).output().unwrap())
    }

    pub fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Said {
        self.said(self.command(arguments).envs(variables.iter().copied()).output().unwrap())
    }

    pub fn run_stdin(&self, arguments: &[&str], stdin: impl AsRef<[u8]>) -> Said {
        self.finish(self.command(arguments), stdin)
    }

    /// Runs `command`, made by [`World::command`], with this on its stdin.
    pub fn finish(&self, mut command: Command, stdin: impl AsRef<[u8]>) -> Said {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A program that ends before it has read everything closes the pipe.
        let _ = child.stdin.take().unwrap().write_all(stdin.as_ref());
        self.said(child.wait_with_output().unwrap())
    }

    pub fn said(&self, output: Output) -> Said {
        let hide = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&*self.path().to_string_lossy(), "@");
        Said { code: output.status.code().unwrap_or(-1), out: hide(&output.stdout), err: hide(&output.stderr) }
    }
}

/// The program under test.
pub fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_sekisho"))
}

/// The repository's root.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}
