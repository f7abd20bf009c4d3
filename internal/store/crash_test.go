package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"agentdesk/desk"
)

// The test binary runs itself as another process where one has to be killed, or
// has to be somebody with fewer rights.
const (
	childRole = "STORE_TEST_ROLE"
	childDir  = "STORE_TEST_DIR"
)

func TestMain(m *testing.M) {
	ctx, dir := context.Background(), os.Getenv(childDir)
	switch os.Getenv(childRole) {
	case "writer":
		write(ctx, dir)
	case "opener":
		d, err := Open(ctx, dir)
		if err == nil {
			err = errors.Join(errors.New("opened"), d.Close())
		}
		fmt.Print(err)
	case "keys":
		_, err := Keys(dir)
		fmt.Print(err)
	default:
		os.Exit(m.Run())
	}
}

// write puts messages and says so after each, until it is killed.
func write(ctx context.Context, dir string) {
	d, err := Open(ctx, dir)
	if err != nil {
		fmt.Println(err)
		return
	}
	for n := 0; ; n++ {
		id := fmt.Sprintf("%d-%06d", os.Getpid(), n)
		if err := d.Put(ctx, "anna", desk.Outgoing{CustomID: id, ChatID: "C", Text: id, At: noon, State: desk.Sending}); err != nil {
			fmt.Println(err)
			return
		}
		if _, err := fmt.Println("put", id); err != nil {
			return
		}
	}
}

func child(t *testing.T, binary, role, dir string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(binary)
	cmd.Env = append(os.Environ(), childRole+"="+role, childDir+"="+dir)
	cmd.Stderr = os.Stderr
	return cmd
}

// A message that Put has returned for is there after kill -9, whole.
func TestWhatWasPutSurvivesKill(t *testing.T) {
	dir, acked := t.TempDir(), map[string]bool{}
	for round := range 5 {
		cmd := child(t, os.Args[0], "writer", dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for n := 0; n < 20+17*round && lines.Scan(); n++ {
			id, ok := strings.CutPrefix(lines.Text(), "put ")
			if !ok {
				t.Fatal(lines.Text())
			}
			acked[id] = true
		}
		if err := cmd.Process.Signal(syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() { // said before the signal arrived
			if id, ok := strings.CutPrefix(lines.Text(), "put "); ok && len(id) == len(fmt.Sprintf("%d-%06d", cmd.Process.Pid, 0)) {
				acked[id] = true
			}
		}
		_ = cmd.Wait()
	}
	list, err := open(t, dir).Pending(context.Background(), "anna")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range list {
		if m.Text != m.CustomID || m.State != desk.Sending {
			t.Errorf("half a message: %+v", m)
		}
		delete(acked, m.CustomID)
	}
	if len(acked) > 0 || len(list) < 100 {
		t.Errorf("%d of the messages are lost, %d are there", len(acked), len(list))
	}
}

// Nobody can write where nobody may: root would not notice, so a child that is
// not root tries.
func TestReadOnlyPlacesAreNamed(t *testing.T) {
	dir, err := os.MkdirTemp("", "store-ro-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700); os.RemoveAll(dir) })
	binary := os.Args[0]
	if os.Getuid() == 0 {
		binary = dir + "/test.bin"
		copyFile(t, os.Args[0], binary)
	}
	full, empty := dir+"/full", dir+"/empty"
	open(t, full).Close()
	if err := os.MkdirAll(empty, 0o755); err != nil {
		t.Fatal(err)
	}
	for path, mode := range map[string]os.FileMode{full + "/desk.db": 0o444, full: 0o555, empty: 0o555, dir: 0o555} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _ = os.Chmod(full, 0o700); _ = os.Chmod(empty, 0o700) })
	for _, c := range []struct{ role, dir, names string }{
		{"opener", full, full + "/desk.db"}, {"opener", empty, empty + "/desk.db"}, {"opener", dir + "/new", dir + "/new"},
		{"keys", empty, empty + "/keys"}, {"keys", dir + "/new", dir + "/new"},
	} {
		cmd := child(t, binary, c.role, c.dir)
		cmd.Dir = "/"
		if os.Getuid() == 0 {
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		}
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s %s: %v", c.role, c.dir, err)
		}
		got := string(out)
		if !strings.Contains(got, c.names) || !strings.Contains(got, "permission denied") || strings.Contains(got, "\n") ||
			!strings.Contains(got, "check the permissions") && !strings.Contains(got, "this user may write to") {
			t.Errorf("%s %s says %q", c.role, c.dir, got)
		}
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Chmod(to[:strings.LastIndexByte(to, '/')], 0o755); err != nil {
		t.Fatal(err)
	}
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(out.Chmod(0o755), out.Close()); err != nil {
		t.Fatal(err)
	}
}
