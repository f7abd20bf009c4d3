package engine

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"github.com/google/uuid"
)

const idAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

// NewID makes a chat or thread id: ten letters and digits, about 51 bits.
func NewID() string {
	var raw [10]byte
	rand.Read(raw[:]) // never fails
	for i, b := range raw {
		raw[i] = idAlphabet[int(b)%len(idAlphabet)]
	}
	return string(raw[:])
}

// NewCustomerID makes a customer's id, a version 4 UUID.
func NewCustomerID() string { return uuid.NewString() }

// NewToken makes an opaque access token with the region prefix clients expect.
func NewToken() string { return "dal:" + NewSecret() }

// NewSecret makes 256 random bits, in URL-safe text.
func NewSecret() string {
	var raw [32]byte
	rand.Read(raw[:])
	return base64.RawURLEncoding.EncodeToString(raw[:])
}

// HashToken is the form in which tokens and secrets are kept and compared.
func HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// EventID names the n-th event of a thread.
func EventID(threadID string, n int) string { return fmt.Sprintf("%s_%d", threadID, n) }

// splitEventID is the reverse of EventID; ok is false for any other text.
func splitEventID(id string) (threadID string, n int, ok bool) {
	i := strings.LastIndexByte(id, '_')
	if i < 0 {
		return "", 0, false
	}
	n, err := strconv.Atoi(id[i+1:])
	return id[:i], n, err == nil && n > 0
}
