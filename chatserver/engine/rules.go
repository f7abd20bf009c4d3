package engine

// Rules are what an older version of the API allows or does where 3.6 does
// otherwise (api guide, sections 4 and 5). The zero value is 3.6.
type Rules struct {
	// Outsiders may write to a chat they have access to without being among its
	// users (before 3.4). The author of an event is added to the chat, not
	// present.
	Outsiders bool

	// DormantUsers: users may be added to an inactive chat, and removed from it
	// (before 3.4).
	DormantUsers bool

	// DormantTransfer: an inactive chat may be transferred (3.2 and 3.3).
	DormantTransfer bool

	// Queues: a transfer to a group lets the chat wait where nobody is free (3.0,
	// whose first document has no force).
	Queues bool

	// Attach: send_event knows attach_to_last_thread (before 3.4), for system
	// messages only where AttachSystem is set too (3.3).
	Attach, AttachSystem bool

	// LoneCustomer: a thread begins with the requester and a customer, and no
	// further agents (before 3.2).
	LoneCustomer bool

	// Opens: an event for an inactive chat opens its next thread, unless it is
	// attached to the last one (3.0).
	Opens bool

	// Annotations can be sent; they never open a thread (3.0).
	Annotations bool

	// Numbered: lists are paged by number, so that their totals count as far as
	// pages reach (before 3.2).
	Numbered bool

	// Visible: the first events and users of a thread keep the visibility given
	// (before 3.4 only the events have one).
	Visible bool
}
