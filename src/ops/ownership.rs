//! Owners of new files. A command that root runs in the folder of a service must not make files that the service cannot
//! open.

use std::fs::File;
use std::io;
use std::path::Path;

/// Gives a file that was just made to the owner of its folder, if root made it.
pub fn inherit(file: &File, path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};

        if rustix::process::geteuid().is_root() {
            let above = path.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let folder = above.metadata()?;
            // By the open file: the name may be somebody else's by now.
            fchown(file, Some(folder.uid()), Some(folder.gid()))?;
        }
    }
    Ok(())
}

/// Makes a folder that only its owner may enter, who is the owner of the folder above if root makes it.
pub fn make_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    inherit(&File::open(path)?, path)
}

/// Opens a file, or makes it, for writing; new ones may be read by their owner only, who is the owner of the folder if
/// root makes them.
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
