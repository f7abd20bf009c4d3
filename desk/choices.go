package desk

// Choices are what an agent chose for this desk alone. The chat server does not
// keep them: they end with the session.
type Choices struct {
	Away    bool // nobody sits at this desk: no new chats come to it
	Preview bool // customers see what is written to them before it is sent
}

// ChoicesSet are the agent's new choices.
type ChoicesSet struct{ Choices Choices }

// SetAway says that nobody sits at this desk, or somebody does again. Unlike
// SetStatus it is about this connection, not about the agent.
type SetAway struct{ Away bool }

// SetPreview chooses whether customers see what is written to them before it is
// sent. See Can.Preview.
type SetPreview struct{ On bool }

// ShowPreview shows a chat's customer what is being written, where that was chosen.
// Nothing of it is kept.
type ShowPreview struct{ ChatID, Text string }

func (SetAway) command()     {}
func (SetPreview) command()  {}
func (ShowPreview) command() {}
