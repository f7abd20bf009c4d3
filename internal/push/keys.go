package push

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	webpush "github.com/SherClockHolmes/webpush-go"
)

// Keys sign what is sent (VAPID). Browsers are bound to the public one: with new
// keys all have to be asked again.
type Keys struct{ Private, Public string }

// LoadKeys reads the keys of the data directory from its file vapid, and makes
// them where there is none, readable by this user alone. Errors are sentences for
// the person who started the program.
func LoadKeys(dataDir string) (Keys, error) {
	path := filepath.Join(dataDir, "vapid")
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeKeys(path)
	}
	if err != nil {
		return Keys{}, fmt.Errorf("the file %s cannot be read: check its permissions: %w", path, err)
	}
	parts := strings.Fields(string(b))
	if len(parts) != 2 {
		return Keys{}, fmt.Errorf("the file %s does not hold two keys: restore it, or delete it to make new ones, after which agents have to turn notifications on again", path)
	}
	return Keys{parts[0], parts[1]}, nil
}

func makeKeys(path string) (Keys, error) {
	private, public, err := webpush.GenerateVAPIDKeys()
	if err != nil {
		return Keys{}, fmt.Errorf("keys for notifications cannot be made: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".vapid-*")
	if err != nil {
		return Keys{}, fmt.Errorf("the file %s cannot be written: %w", path, err)
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(private + "\n" + public + "\n")
	err = errors.Join(err, f.Chmod(0o600), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return Keys{}, fmt.Errorf("the file %s cannot be written: %w", path, err)
	}
	return Keys{private, public}, nil
}
