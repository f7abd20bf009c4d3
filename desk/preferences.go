package desk

// Preferences are what an agent has set for himself. They are kept by the
// dashboard, not by the chat server, and are the same on every device. Zero
// values are the defaults.
type Preferences struct {
	Language string `json:"language,omitempty"` // BCP 47; "" until the first sign-in: then the browser's
}

// SetPreferences replaces an agent's preferences. All pages are drawn anew.
type SetPreferences struct{ Preferences Preferences }

func (SetPreferences) command() {}

// SetPreferences puts new preferences on the board.
func (b *Board) SetPreferences(p Preferences) []Change {
	b.me.Preferences = p
	return append(b.changes[:0], Change{What: RegionAll})
}
