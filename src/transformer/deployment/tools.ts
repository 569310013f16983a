/** Commands of the packages in `base/tools-packages`, with which deployments run, and what shells have built in. */
const commands = `
[ alias awk b2sum base32 base64 basename basenc bash bg blkid break bsdcat bsdcpio bsdtar builtin
cal case cat cd cfdisk chattr chcon chgrp chmod chown chroot cksum cmp col column comm command continue cp cpio
csplit cut dash date dd debugfs declare df diff diff3 dir dircolors dirname dirs disown dosfsck dosfslabel du
dumpe2fs e2fsck e2image e2label e2mmpstatus echo egrep enable env eval exec exit expand export expr extlinux factor false
fallocate fatlabel fc fdisk fg fgrep filefrag find findmnt flock fmt fold fsck fsck.ext4 fsck.vfat gawk getconf getent
getopt getopts getty grep groups gunzip gzip hash head hexdump hostid id install isohybrid jobs join kill ldd let link
ln local locale logger login logname logsave look lsattr lsblk lzcat lzma mattrib mcat mcd mcopy md5sum mdel
mdeltree mdir mformat minfo mkdir mke2fs mkfifo mkfs mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.fat mkfs.vfat mknod mkswap mktemp
mlabel mmd mmove more mount mountpoint mpartition mrd mren mshowfat mtype mv mzip nice nl nohup nproc numfmt od
partx paste pathchk popd pr printenv printf ptx pushd pwd read readlink readonly realpath rename resize2fs
return rev rm rmdir script sdiff sed select seq set setarch setsid sfdisk sh sha1sum sha224sum sha256sum sha384sum
sha512sum shift shopt shred shuf sleep sort source split stat stty su suspend swapoff swapon sum sync syslinux tac
tail tar tee test time timeout times touch tr trap true truncate tsort tty tune2fs type typeset ulimit umask umount unalias
uname unexpand uniq unlink unset unshare unxz users vdir wait wc whereis who whoami xargs xz xzcat yes zcat zcmp
zdiff zegrep zfgrep zgrep . : [[
`;

const known: ReadonlySet<string> = new Set(commands.split(/\s+/).filter(Boolean));

/** True for a command that the tools sysroot of deployments has, or a shell itself. */
export function isTool(name: string): boolean {
  return known.has(name);
}
