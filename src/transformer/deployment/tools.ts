/**
 * The programs of the packages in `base/tools-packages`, with which deployments run, on a PC. A build test compares
 * them with what `base/make-sysroot` makes.
 */
const programs = `
[ add-shell addpart agetty amuFormat.sh arch awk b2sum badblocks base32 base64 basename basenc bash bashbug blkdiscard
blkid blkzone blockdev bsdcat bsdcpio bsdtar cat cfdisk chattr chcon chcpu chgrp chmem chmod choom chown chroot chrt
cksum clear_console cmp comm cp cpio csplit ctrlaltdel cut dash date dd debconf debconf-apt-progress
debconf-communicate debconf-copydb debconf-escape debconf-set-selections debconf-show debugfs delpart df diff diff3
dir dircolors dirname dmesg dosfsck dosfslabel dpkg dpkg-deb dpkg-divert dpkg-fsys-usrunmess dpkg-maintscript-helper
dpkg-preconfigure dpkg-query dpkg-realpath dpkg-reconfigure dpkg-split dpkg-statoverride dpkg-trigger du dumpe2fs
e2freefrag e2fsck e2image e2label e2mmpstatus e2scrub e2scrub_all e2undo e4crypt e4defrag echo egrep env expand expr
factor fallocate false fatlabel fdisk fgrep filefrag fincore find findfs findmnt flock fmt fold fsck fsck.cramfs
fsck.ext2 fsck.ext3 fsck.ext4 fsck.fat fsck.minix fsck.msdos fsck.vfat fsfreeze fstrim gawk gawkbug getopt getty grep
groups gunzip gzexe gzip hardlink head hostid hwclock i386 id install installkernel ionice ipcmk ipcrm ipcs ischroot
isosize join last lastb ldattach link linux32 linux64 ln logname logsave ls lsattr lsblk lscpu lsfd lsipc lsirq
lslocks lslogins lsmem lsns lz lzmainfo mattrib mbadblocks mcat mcd mcheck mclasserase mcomp mcookie mcopy md5sum
md5sum.textutils mdel mdeltree mdir mdu mesg mformat minfo mkdir mkdosfs mke2fs mkfifo mkfs mkfs.bfs mkfs.cramfs
mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.fat mkfs.minix mkfs.msdos mkfs.vfat mklost+found mkmanifest mknod mkswap mktemp
mlabel mmd mmount mmove more mountpoint mpartition mrd mren mshortname mshowfat mt-gnu mtools mtoolstest mtype mv
mxtar mzip namei nice nl nohup nproc nsenter numfmt od partx paste pathchk pinky pivot_root pr printenv printf prlimit
ptx pwd rbash readlink readprofile realpath remove-shell rename.ul resize2fs resizepart rev rgrep rm rmdir rmt-tar
rtcwake run-parts runcon runuser savelog sdiff sed seq setarch setpriv setsid setterm sfdisk sh sha1sum sha224sum
sha256sum sha384sum sha512sum shred shuf sleep sort split start-stop-daemon stat stdbuf stty su sulogin sum swaplabel
switch_root sync syslinux tac tail tar tarcat taskset tee tempfile test tgz timeout touch tr true truncate tsort tty
tune2fs uclampset uname uncompress unexpand uniq unlink unshare unxz update-alternatives update-shells users utmpdump
uz vdir wc wdctl whereis which.debianutils who whoami wipefs x86_64 xargs xz xzcat xzcmp xzdiff xzegrep xzfgrep xzgrep
xzless xzmore yes zcat zcmp zdiff zegrep zfgrep zforce zgrep zless zmore znew zramctl
`;

/** What shells have built in: all of them, and bash only. */
const ofShells = `
. : [ alias bg break case cd command continue echo eval exec exit export false fc fg getopts hash jobs kill local printf
pwd read readonly return set shift test times trap true type ulimit umask unalias unset wait
`;
const ofBash = `
[[ bind builtin caller compgen complete compopt declare dirs disown enable help history let logout mapfile popd pushd
readarray select shopt source suspend time typeset
`;

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

/** The programs that the tools sysroot of deployments has. */
export const toolPrograms = words(programs);

const builtIn = words(ofShells);
const builtIntoBash = words(ofBash);

/** True for a command that the tools sysroot of deployments has, or a shell (`sh`, `dash`, `bash`) itself. */
export function isTool(name: string, shell: string): boolean {
  return toolPrograms.has(name) || builtIn.has(name) || (shell === 'bash' && builtIntoBash.has(name));
}
