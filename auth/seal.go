package auth

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/gorilla/securecookie"
)

// A sealed token is: version (1 byte), key id (8), nonce (12), AES-256-GCM text.
// The session and its agent are authenticated with it: moved to another row it
// does not open.
const (
	sealVersion = 1
	keyIDLen    = 8
	sealHead    = 1 + keyIDLen
)

var errUnknownKey = errors.New("sealed with a key that is not listed")

type sealKey struct {
	id   [keyIDLen]byte
	aead cipher.AEAD
}

// sealer holds the keys, the first of which seals.
type sealer []sealKey

// setKeys derives from each configured key one for cookies, one for tokens and
// an id, all independent of each other.
func (m *Manager) setKeys(keys []string) error {
	if len(keys) == 0 {
		return errors.New("at least one secret key is needed")
	}
	for i, k := range keys {
		if len(k) < minKey {
			return fmt.Errorf("secret key %d is too short: %d characters, at least %d are needed", i+1, len(k), minKey)
		}
		derive := func(what string, n int) ([]byte, error) {
			return hkdf.Key(sha256.New, []byte(k), nil, "agentdesk session "+what, n)
		}
		cookie, err := derive("cookie", 32)
		if err != nil {
			return err
		}
		token, err := derive("token", 32)
		if err != nil {
			return err
		}
		id, err := derive("id", keyIDLen)
		if err != nil {
			return err
		}
		block, err := aes.NewCipher(token)
		if err != nil {
			return err
		}
		aead, err := cipher.NewGCM(block)
		if err != nil {
			return err
		}
		m.sealer = append(m.sealer, sealKey{[keyIDLen]byte(id), aead})
		// The server decides how old a session may be, so the cookie's own age
		// is not looked at.
		m.codecs = append(m.codecs, securecookie.New(cookie, nil).SetSerializer(securecookie.NopEncoder{}).MaxAge(0))
	}
	return nil
}

func (s sealer) seal(agentID, session, token string) []byte {
	k := s[0]
	blob := make([]byte, sealHead+k.aead.NonceSize(), sealHead+k.aead.NonceSize()+len(token)+k.aead.Overhead())
	blob[0] = sealVersion
	copy(blob[1:], k.id[:])
	nonce := blob[sealHead:]
	_, _ = rand.Read(nonce) // never fails
	return k.aead.Seal(blob, nonce, []byte(token), sealedFor(agentID, session))
}

// open returns the token, and whether another key than the first sealed it.
func (s sealer) open(agentID, session string, blob []byte) (token string, old bool, err error) {
	if len(blob) < sealHead || blob[0] != sealVersion {
		return "", false, errors.New("not a sealed token")
	}
	for i, k := range s {
		if k.id != [keyIDLen]byte(blob[1:sealHead]) {
			continue
		}
		rest := blob[sealHead:]
		if len(rest) < k.aead.NonceSize() {
			return "", false, errors.New("not a sealed token")
		}
		n := k.aead.NonceSize()
		text, err := k.aead.Open(nil, rest[:n], rest[n:], sealedFor(agentID, session))
		return string(text), i > 0, err
	}
	return "", false, errUnknownKey
}

// sealedFor joins both so that no other pair gives the same bytes.
func sealedFor(agentID, session string) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(agentID)))
	return append(append(b, agentID...), session...)
}
