//! Owners of new files. A command that root runs in a service's folder must not create files that the service cannot
//! open.

use std::fs::File;
use std::io;
use std::path::Path;

/// Gives a newly created file to the owner of its folder, if root created it.
pub fn inherit(file: &File, path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};

        if rustix::process::geteuid().is_root() {
            let above = path.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let folder = above.metadata()?;
            // Uses the open file, because the name may refer to another file by now.
            fchown(file, Some(folder.uid()), Some(folder.gid()))?;
        }
    }
    Ok(())
}

/// Creates a folder that only its owner may enter; if root creates it, the owner of the parent folder becomes its
/// owner.
pub fn make_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    inherit(&File::open(path)?, path)
}

/// Opens a file for writing, or creates it. Only the owner may read a new file; if root creates it, the owner of the
/// folder becomes its owner.
pub fn open_private(path: &Path, options: &mut std::fs::OpenOptions) -> io::Result<File> {
    let is_new = path.symlink_metadata().is_err();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    let file = options.write(true).open(path)?;
    if is_new {
        inherit(&file, path)?;
    }
    Ok(file)
}
