package main

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// child is a process under measurement.
type child struct {
	cmd  *exec.Cmd
	url  string
	dir  string
	logs *bytes.Buffer
}

// build compiles the program, unless a binary is given.
func build(given string) (bin string, clean func(), err error) {
	if given != "" {
		return given, func() {}, nil
	}
	dir, err := os.MkdirTemp("", "agentdesk-bench")
	if err != nil {
		return "", nil, err
	}
	bin = filepath.Join(dir, "web")
	cmd := exec.Command("go", "build", "-trimpath", "-o", bin, "./cmd/web")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", nil, fmt.Errorf("build: %w\n%s", err, out)
	}
	return bin, func() { os.RemoveAll(dir) }, nil
}

// freeAddr asks the system for a port; another process might take it before the
// child does, which then fails loudly.
func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

func startWeb(bin, upstream, version string) (*child, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "agentdesk-bench-data")
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(bin)
	cmd.Env = append(os.Environ(), "AGENTDESK_ADDR="+addr, "AGENTDESK_DATA_DIR="+dir, "AGENTDESK_UPSTREAM="+upstream, "AGENTDESK_UPSTREAM_VERSION="+version, "AGENTDESK_LOG_LEVEL=warn", "AGENTDESK_TRUSTED_PROXIES=127.0.0.1")
	return start(cmd, "http://"+addr, dir)
}

func startBare(self, upstream string) (*child, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(self, "-bare", addr+"="+upstream)
	return start(cmd, "http://"+addr, "")
}

func start(cmd *exec.Cmd, url, dir string) (*child, error) {
	c := &child{cmd: cmd, url: url, dir: dir, logs: &bytes.Buffer{}}
	cmd.Stdout, cmd.Stderr = c.logs, c.logs
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		res, err := http.Get(url + "/readyz")
		if err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return c, nil
			}
		}
	}
	c.stop()
	return nil, fmt.Errorf("not ready after 20 s:\n%s", c.logs)
}

func (c *child) stop() {
	_ = c.cmd.Process.Signal(syscall.SIGTERM)
	done := make(chan struct{})
	go func() { _ = c.cmd.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(15 * time.Second):
		_ = c.cmd.Process.Kill()
		<-done
	}
	if c.dir != "" {
		os.RemoveAll(c.dir)
	}
}

// cpu is the processor time that the process has used, user and system, to the
// nanosecond. It is summed over the threads, which Go does not end.
func (c *child) cpu() (sum time.Duration, err error) {
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", c.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for _, name := range threads {
		b, err := os.ReadFile(name)
		if err != nil {
			return 0, err
		}
		first, _, _ := strings.Cut(string(b), " ")
		ran, err := strconv.ParseInt(first, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
		sum += time.Duration(ran)
	}
	if sum == 0 {
		return 0, errors.New("the kernel does not tell /proc/*/task/*/schedstat")
	}
	return sum, nil
}

// rss is the resident memory in bytes.
func (c *child) rss() (int64, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(b)) {
		if v, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, err := strconv.ParseInt(strings.Fields(v)[0], 10, 64)
			return kb << 10, err
		}
	}
	return 0, errors.New("no VmRSS")
}
