package main

import (
	"bytes"
	"net"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"
)

// childEnv makes this test binary be the program itself, so that it can be
// killed as a process.
const childEnv = "AGENTDESK_TEST_CHILD"

// process is the program as a process of its own.
type process struct {
	t    testing.TB
	env  []string
	dir  string // its data folder
	addr string
	cmd  *exec.Cmd
	out  *output
}

// output collects what a process prints, while it prints.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// newProcess prepares a program with a data folder of its own on a free port.
func newProcess(t testing.TB, env ...string) *process {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	dir := t.TempDir()
	p := &process{t: t, addr: addr, dir: dir, env: append([]string{childEnv + "=1", "AGENTDESK_ADDR=" + addr, "AGENTDESK_DATA_DIR=" + dir}, env...)}
	t.Cleanup(p.stop)
	return p
}

// past is the data folder of a demo after its first start, which makes up a past
// of two months and is slow under the race detector. TestMain removes it.
var past struct {
	once sync.Once
	dir  string
}

// newDemo prepares a demo that has been started before, by the first test that
// wants one.
func newDemo(t testing.TB) *process {
	t.Helper()
	past.once.Do(func() {
		dir, err := os.MkdirTemp("", "agentdesk-past")
		if err != nil {
			t.Fatal(err)
		}
		past.dir = dir
		first := newProcess(t, "AGENTDESK_DATA_DIR="+dir)
		first.start()
		first.stop()
	})
	p := newProcess(t)
	if err := os.CopyFS(p.dir, os.DirFS(past.dir)); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *process) url() string { return "http://" + p.addr }

// start runs it and waits until it is ready.
func (p *process) start() {
	p.t.Helper()
	p.out = &output{}
	p.cmd = exec.Command(os.Args[0])
	p.cmd.Env = append(os.Environ(), p.env...)
	p.cmd.Stdout, p.cmd.Stderr = p.out, p.out
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	within(p.t, 5*time.Minute, "the program to be ready", func() bool {
		res, err := http.Get(p.url() + "/readyz")
		if err != nil {
			return false
		}
		res.Body.Close()
		return res.StatusCode == http.StatusOK
	})
}

// kill ends it as a power cut would.
func (p *process) kill() {
	_ = p.cmd.Process.Signal(syscall.SIGKILL)
	_ = p.cmd.Wait()
	p.cmd = nil
}

// stop ends it as an operator would.
func (p *process) stop() {
	if p.cmd == nil {
		return
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	done := make(chan error, 1)
	go func(cmd *exec.Cmd) { done <- cmd.Wait() }(p.cmd)
	select {
	case err := <-done:
		if err != nil {
			p.t.Errorf("the program stopped with %v:\n%s", err, p.out)
		}
	case <-time.After(15 * time.Second):
		_ = p.cmd.Process.Kill()
		<-done
		p.t.Errorf("the program did not stop within 15 s:\n%s", p.out)
	}
	p.cmd = nil
	if p.t.Failed() {
		p.t.Logf("the program said:\n%s", p.out)
	}
}
