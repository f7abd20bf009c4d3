package axe

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
)

// What is here is what was published.
func TestScriptIsUnchanged(t *testing.T) {
	sum := sha256.Sum256([]byte(Script))
	if got := hex.EncodeToString(sum[:]); got != "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c" {
		t.Errorf("axe.min.js has the sum %s", got)
	}
	if !strings.Contains(Script[:200], "axe v4.14.1") {
		t.Errorf("another version: %.200s", Script)
	}
}
