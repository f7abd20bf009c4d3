//go:build unix

package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// refusal runs the program as a process that must not start, and gives what it
// says and its status. uid -1 is this user.
func refusal(t *testing.T, uid int, env ...string) (line string, status int) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	if uid >= 0 && os.Getuid() == 0 {
		cmd.Path = readableProgram(t)
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(uid)}}
		cmd.Dir = filepath.Dir(cmd.Path)
	}
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "AGENTDESK_") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(append(cmd.Env, childEnv+"=1", "AGENTDESK_ADDR=127.0.0.1:0", "AGENTDESK_DEMO=false"), env...)
	var out, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(30*time.Second, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	err := cmd.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		t.Fatalf("it did not refuse: %v\n%s%s", err, &out, &problems)
	}
	if out.Len() > 0 {
		t.Errorf("it says on standard output: %s", &out)
	}
	return problems.String(), exit.ExitCode()
}

// readableProgram is this test binary where other users can run it.
func readableProgram(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "agentdesk-test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	path := filepath.Join(dir, "web")
	b, err := os.ReadFile(os.Args[0])
	if err == nil {
		err = errors.Join(os.Chmod(dir, 0o755), os.WriteFile(path, b, 0o755))
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

const nobody = 65534

// TestRefusesToStart: what keeps the program from starting is one line that
// names the setting or the file and says what to do, and a status.
func TestRefusesToStart(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { taken.Close() })
	damaged := func(name string) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			junk := bytes.Repeat([]byte("this is no database, it only has the size of one. "), 200)
			if err := os.WriteFile(filepath.Join(dir, name), junk, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	const readOnly = "agentdesk: AGENTDESK_DATA_DIR: the folder %s cannot be written (%s); make it writable for this user or choose another\n"
	for _, c := range []struct {
		name    string
		env     string
		below   string // the data folder, below the prepared one
		prepare func(t *testing.T, dir string)
		uid     int
		want    string // %D is the data folder
		status  int
	}{
		{"occupied port", "AGENTDESK_ADDR=" + taken.Addr().String(), "", nil, -1,
			"agentdesk: AGENTDESK_ADDR: the address " + taken.Addr().String() + " is in use by another program; stop that one or choose another address\n", 1},
		{"folder below a file", "", "file/data", func(t *testing.T, dir string) {
			if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}, -1, fmt.Sprintf(readOnly, "%D", "not a directory"), 1},
		{"read-only folder", "", "", func(t *testing.T, dir string) {
			if err := os.Chmod(dir, 0o500); err != nil {
				t.Fatal(err)
			}
		}, nobody, fmt.Sprintf(readOnly, "%D", "permission denied"), 1},
		{"folder that cannot be made", "", "data", func(t *testing.T, dir string) {
			if err := os.Chmod(dir, 0o500); err != nil {
				t.Fatal(err)
			}
		}, nobody, fmt.Sprintf(readOnly, "%D", "permission denied"), 1},
		{"damaged desk.db", "", "", damaged("desk.db"), -1,
			"agentdesk: the dashboard's database %D/desk.db is damaged (file is not a database (26)): restore it from a backup, or move it away to start with an empty one\n", 1},
		{"damaged chat.db", "", "", damaged("chat.db"), -1,
			"agentdesk: the chat database %D/chat.db is damaged (file is not a database (26)): restore it from a backup, or move it away to start with an empty one\n", 1},
		{"wrong address", "AGENTDESK_ADDR=here", "", nil, -1,
			"agentdesk: AGENTDESK_ADDR: got \"here\"; it takes host:port such as localhost:8080 or :8080\n", 2},
		{"wrong public address", "AGENTDESK_PUBLIC_URL=https://u:p@intranet.example/desk", "", nil, -1,
			"agentdesk: AGENTDESK_PUBLIC_URL: got \"https://u:p@intranet.example/desk\" (no user, query or fragment); it takes an http or https address such as https://intranet.example/desk\n", 2},
		{"framing over http", "AGENTDESK_FRAME_ANCESTORS=*", "", nil, -1,
			"agentdesk: AGENTDESK_FRAME_ANCESTORS: got \"*\"; it takes comma-separated origins such as https://portal.example\n", 2},
		{"unknown version", "AGENTDESK_UPSTREAM_VERSION=9", "", nil, -1,
			"agentdesk: AGENTDESK_UPSTREAM_VERSION: got \"9\"; it takes 3.0, 3.1, 3.2, 3.3, 3.4, 3.5, 3.6 or 3.7\n", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			top, err := os.MkdirTemp("", "agentdesk-data")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { os.RemoveAll(top) })
			if c.uid >= 0 && os.Getuid() == 0 {
				if err := os.Chown(top, c.uid, c.uid); err != nil {
					t.Fatal(err)
				}
			}
			if c.prepare != nil {
				c.prepare(t, top)
			}
			dir := filepath.Join(top, c.below)
			got, status := refusal(t, c.uid, "AGENTDESK_DATA_DIR="+dir, c.env)
			if want := strings.ReplaceAll(c.want, "%D", dir); got != want {
				t.Errorf("it says\n%swant\n%s", got, want)
			}
			if status != c.status {
				t.Errorf("status %d, want %d", status, c.status)
			}
		})
	}
}

// TestStopWithOpenStreams: told to stop, the program tells every stream and is
// gone within seconds.
func TestStopWithOpenStreams(t *testing.T) {
	t.Parallel()
	p := newDemo(t)
	p.start()
	var streams []*bufio.Reader
	for _, who := range []string{"anna@example.com", "anna@example.com", "ben@example.com"} {
		b := newBrowser(t, p.url())
		b.signIn(who)
		r, _ := b.listen()
		streams = append(streams, r)
	}
	cmd, start := p.cmd, time.Now()
	p.stop()
	took := time.Since(start)
	for _, r := range streams {
		hear(t, r, "bye", "shutdown")
		if _, err := r.ReadByte(); !errors.Is(err, io.EOF) {
			t.Errorf("after the bye: %v", err)
		}
	}
	if took > 5*time.Second {
		t.Errorf("stopping took %s", took)
	}
	if cmd.ProcessState.ExitCode() != 0 {
		t.Errorf("it stopped with %s", cmd.ProcessState)
	}
}

// TestStopTwice: a graceful stop waits for a request that trickles in; whoever
// asks a second time does not wait.
func TestStopTwice(t *testing.T) {
	t.Parallel()
	p := newProcess(t, "AGENTDESK_DEMO=false")
	p.start()
	line, err := net.Dial("tcp", p.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer line.Close()
	fmt.Fprintf(line, "POST /login HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n", p.addr)
	// It asks for the body, so the request is being worked on.
	if res, err := http.ReadResponse(bufio.NewReader(line), nil); err != nil || res.StatusCode != http.StatusContinue {
		t.Fatalf("the form is not read: %v %v", res, err)
	}
	cmd := p.cmd
	p.cmd = nil // not stopped by the cleanup
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	defer func() { _ = cmd.Process.Kill() }()
	_ = cmd.Process.Signal(os.Interrupt)
	until(t, "the stop to begin", func() bool { return strings.Contains(p.out.String(), "msg=stopping") })
	select {
	case err := <-ended:
		t.Fatalf("it did not wait for the request: %v\n%s", err, p.out)
	default:
	}
	_ = cmd.Process.Signal(os.Interrupt)
	select {
	case <-ended:
	case <-time.After(3 * time.Second):
		t.Fatalf("it goes on after the second signal:\n%s", p.out)
	}
	if s, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || !s.Signaled() || s.Signal() != syscall.SIGINT {
		t.Errorf("it ended with %s", cmd.ProcessState)
	}
}
