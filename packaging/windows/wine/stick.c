/* A stick that can be pulled out, for the test machine in Wine (LD_PRELOAD).

   The file KPIDESK_STICK names the inodes that were on it: what is open of them fails for good, as
   it does with a real one, also after copies of the same names are there again. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static int is_gone(int fd)
{
    const char *list = getenv("KPIDESK_STICK");
    struct stat told;
    unsigned long one;
    int found = 0;
    FILE *file;
    if (!list || access(list, R_OK) || fstat(fd, &told) || !S_ISREG(told.st_mode))
        return 0;
    file = fopen(list, "r");
    while (file && !found && fscanf(file, "%lu", &one) == 1)
        found = one == told.st_ino;
    if (file)
        fclose(file);
    if (found)
        errno = EIO;
    return found;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t pread64(int fd, void *to, size_t size, off64_t at)
{
    return is_gone(fd) ? -1 : NEXT(pread64)(fd, to, size, at);
}

ssize_t pwrite64(int fd, const void *from, size_t size, off64_t at)
{
    return is_gone(fd) ? -1 : NEXT(pwrite64)(fd, from, size, at);
}

ssize_t pread(int fd, void *to, size_t size, off_t at)
{
    return is_gone(fd) ? -1 : NEXT(pread)(fd, to, size, at);
}

ssize_t pwrite(int fd, const void *from, size_t size, off_t at)
{
    return is_gone(fd) ? -1 : NEXT(pwrite)(fd, from, size, at);
}

ssize_t read(int fd, void *to, size_t size)
{
    return is_gone(fd) ? -1 : NEXT(read)(fd, to, size);
}

ssize_t write(int fd, const void *from, size_t size)
{
    return is_gone(fd) ? -1 : NEXT(write)(fd, from, size);
}
