package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// record lets the kernel's perf watch the relay for one round, where a folder is
// given, and leaves NAME-ROUND.data there. Only a profile that shows the kernel
// too explains a push, which is mostly system calls. What it gives ends it.
func (s *subject) record(o options) (end func() error, err error) {
	if o.perf == "" {
		return func() error { return nil }, nil
	}
	name := fmt.Sprintf("%s-%d.data", strings.ReplaceAll(s.name, " ", "-"), len(s.rounds))
	cmd := exec.Command("perf", "record", "-q", "-F", "1999", "-g", "-p", fmt.Sprint(s.c.cmd.Process.Pid), "-o", filepath.Join(o.perf, name))
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("-perf: %w", err)
	}
	return func() error {
		_ = cmd.Process.Signal(syscall.SIGINT)
		_ = cmd.Wait() // it was interrupted
		return nil
	}, nil
}
