package desk

import "time"

// Device is a browser that an agent wants to be called in while the dashboard is
// open in no tab (Web Push, RFC 8030).
type Device struct {
	Endpoint  string // where its push service takes messages
	P256dh    string // its public key, base64url (RFC 8291)
	Auth      string // its secret, base64url
	UserAgent string
	Words     bool // messages may hold what customers wrote
	CreatedAt time.Time
}
