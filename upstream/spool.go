package upstream

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"agentdesk/desk"
)

// Bounds of the spool: how long a file waits for its message, and how much may
// wait, in bytes.
const (
	spoolFor  = time.Hour
	spoolSize = 1 << 30
)

// spoolOrigin begins the addresses of spooled files. No such host can exist
// (RFC 2606).
const spoolOrigin = "https://spool.invalid/"

// spool keeps files on disk until the messages that bring them are sent. At 3.0
// a file has no address before it is said: send_file takes it together with its
// chat. The zero value is ready. Safe for concurrent use.
type spool struct {
	mu    sync.Mutex
	dir   string
	size  int64
	files map[string]spooled // by address
}

type spooled struct {
	path, name string
	size       int64
	at         time.Time
}

// put stores a file and returns an address for it.
func (p *spool) put(name string, r io.Reader, now time.Time) (string, error) {
	f, err := p.create(now)
	switch {
	case errors.Is(err, errBusy):
		return "", err
	case err != nil:
		return "", desk.Wrap(desk.Unavailable, "This file could not be kept. Try again.", err)
	}
	n, err := copyFile(f, r)
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return "", err
	}
	name = fileName(name)
	address := spoolOrigin + rand.Text() + "/" + url.PathEscape(name)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.files[address] = spooled{f.Name(), name, n, now}
	p.size += n
	return address, nil
}

// create opens a new file, after those that nobody asked for were removed.
func (p *spool) create(now time.Time) (*os.File, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.files == nil {
		dir, err := os.MkdirTemp("", "agentdesk-files-")
		if err != nil {
			return nil, fmt.Errorf("make spool: %w", err)
		}
		p.dir, p.files = dir, map[string]spooled{}
	}
	for address, f := range p.files {
		if now.Sub(f.at) > spoolFor {
			p.drop(address)
		}
	}
	if p.size > spoolSize {
		return nil, errBusy
	}
	return os.CreateTemp(p.dir, "file-")
}

// open opens a spooled file; false where it is not here any more.
func (p *spool) open(address string) (f *os.File, name string, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	kept, ok := p.files[address]
	if !ok {
		return nil, "", false
	}
	f, err := os.Open(filepath.Clean(kept.path))
	return f, kept.name, err == nil
}

// remove forgets a file. Other addresses are left alone.
func (p *spool) remove(address string) {
	if !isSpooled(address) {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.drop(address)
}

func (p *spool) drop(address string) {
	if f, ok := p.files[address]; ok {
		_ = os.Remove(f.path)
		p.size -= f.size
		delete(p.files, address)
	}
}

// close forgets all files.
func (p *spool) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.dir != "" {
		_ = os.RemoveAll(p.dir)
	}
	p.dir, p.files, p.size = "", nil, 0
}

func isSpooled(address string) bool { return strings.HasPrefix(address, spoolOrigin) }
