//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// lockFolder keeps a second program off the same data: two would not see each
// other's chats. The system lets go of the lock when the process ends, however
// it ends.
func lockFolder(dir string) (unlock func() error, err error) {
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("AGENTDESK_DATA_DIR: the folder %s cannot be written (%w); make it writable for this user or choose another", dir, cause(err))
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		f.Close()
		return nil, fmt.Errorf("AGENTDESK_DATA_DIR: the folder %s is in use by another agentdesk; stop that one or choose another folder", dir)
	}
	// A file system without locks is no reason not to start.
	return f.Close, nil
}
