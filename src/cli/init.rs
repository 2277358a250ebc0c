//! `init`: a small project that passes `check` at once.

use std::path::PathBuf;

use clap::Args;

use super::Status;
use super::session::Session;
use crate::diag::msg;
use crate::project::{self, Failure};

/// The files of a new project: a registry, a province's plan, a commune's plan that answers it.
const FILES: &[(&str, &str)] = &[
    ("kehoach.toml", include_str!("init/kehoach.toml")),
    ("danh-ba.kh", include_str!("init/danh-ba.kh")),
    ("tinh.kh", include_str!("init/tinh.kh")),
    ("xa.kh", include_str!("init/xa.kh")),
];

/// Arguments of `init`.
#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// The folder of the new project; made where it does not exist
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Replace files that stand there
    #[arg(long)]
    force: bool,
}

pub(super) fn run(args: &InitArgs, session: &mut Session<'_>) -> Result<Status, Failure> {
    let standing = FILES.iter().find(|(name, text)| {
        let path = args.folder.join(name);
        path.exists() && std::fs::read(&path).is_ok_and(|old| old != text.as_bytes())
    });
    if let (Some((name, _)), false) = (standing, args.force) {
        // before the first file is written, so that nothing is half done
        let shown = args.folder.join(name);
        let shown = shown.display();
        return Err(Failure::new(msg!("Tệp {shown} đã có; dùng --force nếu muốn thay", "{shown} exists; use --force to replace it")));
    }
    for (name, text) in FILES {
        project::write(&args.folder.join(name), text.as_bytes(), args.force)?;
        session.print(&format!("{}\n", args.folder.join(name).display()))?;
    }
    let folder = args.folder.display();
    session.tell(&msg!(
        "Đã tạo dự án. Kiểm tra bằng: kehoach check --project {folder}",
        "The project is made. Check it with: kehoach check --project {folder}"
    ));
    Ok(Status::Clean)
}
