package store

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Keys returns the secret keys of the data directory, one per line of its file
// keys, the first seals. Where there is no file it makes one with a new key,
// readable by this user alone. Errors are sentences for the person who started
// the program.
func Keys(dataDir string) ([]string, error) {
	path := filepath.Join(dataDir, "keys")
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(dataDir, 0o700); err != nil {
			return nil, fmt.Errorf("the data folder %s cannot be created: choose one this user may write to: %w", dataDir, err)
		}
		key := rand.Text() + rand.Text()
		if err := writeOnce(path, key+"\n"); err != nil {
			return nil, fmt.Errorf("the key file %s cannot be written: check the permissions of its folder: %w", path, err)
		}
		return []string{key}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the key file %s cannot be read: check its permissions: %w", path, err)
	}
	keys := strings.Fields(string(b))
	if len(keys) == 0 {
		return nil, fmt.Errorf("the key file %s is empty: restore it, or delete it to make a new key, which signs everybody out", path)
	}
	return keys, nil
}

// writeOnce makes a file that is whole or not there: a half-written key would
// lock everybody out at the next start.
func writeOnce(path, text string) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".keys-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(text)
	err = errors.Join(err, f.Chmod(0o600), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
