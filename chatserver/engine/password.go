package engine

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Cost of one argon2id hash: 19 MiB, two passes (OWASP's minimum). hashSlots
// bounds how many run at once, so that guessing cannot eat the memory.
const (
	argonTime   = 2
	argonMemory = 19 << 10 // KiB
	argonKey    = 32
	hashSlots   = 2
	maxPassword = 1024
)

// HashPassword makes the encoded argon2id hash that Agent.Password takes.
func HashPassword(password string) string {
	salt := make([]byte, 16)
	rand.Read(salt)
	return encodeHash(salt, argon2.IDKey([]byte(password), salt, argonTime, argonMemory, 1, argonKey))
}

func encodeHash(salt, key []byte) string {
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s", argon2.Version, argonMemory, argonTime, b.EncodeToString(salt), b.EncodeToString(key))
}

// verify compares in constant time; an encoding it cannot read never matches.
func verify(encoded, password string) bool {
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 {
		return false
	}
	var memory, time uint32
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=1", &memory, &time); err != nil || memory > 1<<20 || time == 0 || time > 10 {
		return false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	want, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil || len(want) == 0 {
		return false
	}
	got := argon2.IDKey([]byte(password), salt, time, memory, 1, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1
}

// nobody has a valid hash that no password matches: an unknown address takes as
// long as a wrong password.
var nobody = encodeHash(make([]byte, 16), make([]byte, argonKey))

// CheckPassword finds the agent who signs in with e-mail and password. ok is
// false for an unknown address and for a wrong password alike. It waits for one
// of a few places, because each check takes 19 MiB.
func (e *Engine) CheckPassword(ctx context.Context, email, password string) (agentID string, ok bool, err error) {
	select {
	case e.hashing <- struct{}{}:
		defer func() { <-e.hashing }()
	case <-ctx.Done():
		return "", false, ctx.Err()
	}
	a, found := e.Agent(strings.ToLower(strings.TrimSpace(email)))
	hash := nobody
	if found && a.Password != "" && !a.Suspended {
		hash = a.Password
	}
	match := len(password) <= maxPassword && verify(hash, password)
	return a.ID, match && hash != nobody, nil
}
