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
#include <termios.h>
#include <time.h>
#include <unistd.h>

// What Swift does not see: composed macros, variadic functions.

static const int modbus_errno_bad_data = EMBBADDATA;

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

/// Makes a pair of raw terminals; writes the path of the second one. Returns -1 and sets errno when it cannot.
static inline int modbus_terminal_pair(int *server, int *client, char *path, size_t path_size) {
    if (openpty(server, client, NULL, NULL, NULL) != 0) return -1;
    if (modbus_terminal_make_raw(*client) == 0 && ttyname_r(*client, path, path_size) == 0) return 0;
    close(*server);
    close(*client);
    return -1;
}

/// Waits for descriptors as poll(2) does, but with a time in microseconds; negative waits for ever.
static inline int modbus_poll(struct pollfd *entries, nfds_t count, long long microseconds) {
    if (microseconds < 0) return poll(entries, count, -1);
    if (microseconds >= 10000) return poll(entries, count, (int)((microseconds + 999) / 1000));
    // Milliseconds are too coarse for the silence between frames.
    int ready = poll(entries, count, (int)(microseconds / 1000));
    if (ready != 0) return ready;
    struct timespec rest = {0, (long)(microseconds % 1000) * 1000};
    if (rest.tv_nsec > 0) nanosleep(&rest, NULL);
    return poll(entries, count, 0);
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
