// Package nonblock reads and writes TCP sockets past the scheduler's bookkeeping
// of system calls.
//
// A Go program tells its runtime of every system call, because a call may wait:
// the runtime then wakes its monitor thread, which keeps looking for a while
// whether the call is back. The sockets of package net never wait in the kernel,
// they say that there is nothing, so all this is for nothing; for a program that
// sleeps, handles one small message and sleeps again it costs more than the
// message. On Linux this package makes the calls directly. Elsewhere it makes
// them as package net does.
package nonblock
