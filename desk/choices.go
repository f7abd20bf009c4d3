package desk

// Choices are what an agent chose for this desk alone. The chat server does not
// keep them: they end with the session.
type Choices struct {
	Away    bool // nobody sits at this desk: no new chats come to it
	Idle    bool // Away, and not by choice: nobody has used the desk for a while
	Preview bool // customers see what is written to them before it is sent
}

// ChoicesSet are the agent's new choices.
type ChoicesSet struct{ Choices Choices }

// SetAway says that nobody sits at this desk, or somebody does again. Unlike
// SetStatus it is about this connection, not about the agent.
//
// With Idle it is not the agent who says so but that the desk was not used for
// Preferences.AwayAfter: then only who takes chats is set away, and only who was
// set away like this comes back.
type SetAway struct{ Away, Idle bool }

// Here says that somebody uses the desk.
type Here struct{}

// SetPreview chooses whether customers see what is written to them before it is
// sent. See Can.Preview.
type SetPreview struct{ On bool }

// ShowPreview shows a chat's customer what is being written, where that was chosen.
// Nothing of it is kept.
type ShowPreview struct{ ChatID, Text string }

func (SetAway) command()     {}
func (Here) command()        {}
func (SetPreview) command()  {}
func (ShowPreview) command() {}
