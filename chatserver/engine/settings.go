package engine

import "time"

// Settings are the figures of timing and routing. The zero value of a field
// means its default.
type Settings struct {
	ChatLimit       int           // chats at once per agent, where the agent has no own limit; 6
	OfflineGrace    time.Duration // from an agent's last connection to giving the chats back; 15 s
	UnansweredAfter time.Duration // a customer waiting this long for an answer goes to another agent; 5 min
	IdleAfter       time.Duration // a chat without any event this long is archived; 20 min
	QueueRefresh    time.Duration // how often waiting times are estimated anew; 30 s
	HandlingTime    time.Duration // assumed length of a chat until enough have been seen; 6 min
	TokenLifetime   time.Duration // of access tokens; 8 h
	FileLifetime    time.Duration // of an upload that no event uses; 24 h
	VisitGap        time.Duration // a customer who is back within this goes on with the visit; 1 min
	MaxConnections  int           // websockets per agent; 30
	Retention       time.Duration // closed threads older than this are deleted; 0: none is
	KeepOnStop      bool          // an agent who stops accepting keeps unanswered chats too; false
}

// withDefaults fills what is not set.
func (s Settings) withDefaults() Settings {
	def := func(d *time.Duration, v time.Duration) {
		if *d <= 0 {
			*d = v
		}
	}
	def(&s.OfflineGrace, 15*time.Second)
	def(&s.UnansweredAfter, 5*time.Minute)
	def(&s.IdleAfter, 20*time.Minute)
	def(&s.QueueRefresh, 30*time.Second)
	def(&s.HandlingTime, 6*time.Minute)
	def(&s.TokenLifetime, 8*time.Hour)
	def(&s.FileLifetime, 24*time.Hour)
	def(&s.VisitGap, time.Minute)
	if s.ChatLimit <= 0 {
		s.ChatLimit = 6
	}
	if s.MaxConnections <= 0 {
		s.MaxConnections = 30
	}
	return s
}
