// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <errno.h>
#include <fcntl.h>
#include <linux/serial.h>
#include <modbus/modbus.h>
#include <poll.h>
#include <pthread.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>


/// Keeps other processes from opening the terminal as well.
static inline int modbus_terminal_lock(int descriptor) {
    return ioctl(descriptor, TIOCEXCL);
}

/// Asks the terminal's driver to hand over what arrives at once, where it knows how to.
static inline int modbus_terminal_hurry(int descriptor) {
    struct serial_struct settings;
    if (ioctl(descriptor, TIOCGSERIAL, &settings) != 0) return -1;
    settings.flags |= ASYNC_LOW_LATENCY;
    return ioctl(descriptor, TIOCSSERIAL, &settings);
}

/// Throws away what has been written to the terminal and not been sent yet.
static inline int modbus_terminal_discard_output(int descriptor) {
    return tcflush(descriptor, TCOFLUSH);
}

/// Makes a terminal pass bytes unchanged, without echo.
static inline int modbus_terminal_make_raw(int descriptor) {
    struct termios settings;
    if (tcgetattr(descriptor, &settings) != 0) return -1;
    cfmakeraw(&settings);
    return tcsetattr(descriptor, TCSANOW, &settings);
}

/// 1 when the terminal is a pseudo terminal, which has no speed, 0 when it is a line (see the kernel's devices.txt).
static inline int modbus_terminal_is_pseudo(int descriptor) {
    struct stat file;
    if (fstat(descriptor, &file) != 0) return 0;
    return major(file.st_rdev) >= 136 && major(file.st_rdev) <= 143;
}

/// Makes a pair of raw terminals; writes the path of the second one. Returns -1 and sets errno when it cannot.
static inline int modbus_terminal_pair(int *server, int *client, char *path, size_t path_size) {
    if (openpty(server, client, NULL, NULL, NULL) != 0) return -1;
    if (modbus_terminal_make_raw(*client) == 0 && ttyname_r(*client, path, path_size) == 0) return 0;
    close(*server);
    close(*client);
    return -1;
}

/// Starts a detached thread that takes no signals.
static inline int modbus_thread_start(void *(*body)(void *), void *argument, size_t stack_size) {
    pthread_attr_t attributes;
    int status = pthread_attr_init(&attributes);
    if (status != 0) return status;
    pthread_attr_setstacksize(&attributes, stack_size);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_t thread;
    status = pthread_create(&thread, &attributes, body, argument);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    return status;
}

// Declared here because the header shows it only to those who ask for all extensions of the C library.
extern int ppoll(struct pollfd *entries, nfds_t count, const struct timespec *timeout, const sigset_t *signals);

/// As `poll`, with a time-out in nanoseconds; a negative one waits for ever.
static inline int modbus_poll(struct pollfd *entries, nfds_t count, int64_t nanoseconds) {
    const struct timespec timeout = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    return ppoll(entries, count, nanoseconds < 0 ? NULL : &timeout, NULL);
}
