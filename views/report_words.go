package views

// meanings are pairs of a figure's name and how it is counted. They say the same as
// the comments of package report.
func (p ReportPage) meanings() []string {
	return []string{
		p.T("Chats"), p.T("Conversations that are closed. Each counts on the day and in the hour in which it began, in the time zone %s. One that goes on counts when it ends.", p.in(p.now()).Format("MST")),
		p.T("Messages"), p.T("What was said to all: no notes, nothing that was taken back, no lines about what happened. In the rows of agents and bots, what each of them wrote."),
		p.T("Unanswered"), p.T("The customer wrote, and no agent answered before the chat was closed. What a bot said is no answer."),
		p.T("First reply"), p.T("From the customer’s first message to the first message of an agent after it that is neither a note nor a bot’s. In the row of an agent, the first replies that this agent gave."),
		p.T("Length"), p.T("From the beginning of a chat to the last message in it."),
		p.T("Ratings"), p.T("What customers thought in the end. The share is of those who rated."),
		p.T("Agents and bots"), p.T("Who took part in a chat, so a chat with two agents counts in both rows. A bot is told by its id, which is no e-mail address."),
		p.T("Median"), p.T("Half of the chats took no longer."),
	}
}
