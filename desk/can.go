package desk

// Can says what the chat server's version of the API lets this desk do beyond
// what every version does, so that no page offers what cannot be. It is part of
// Me; the zero value can nothing of it.
type Can struct {
	FileNotes       bool // send a file that the customer does not see (3.1+)
	SearchTags      bool // find archived threads by their tags (3.1+)
	MarkFound       bool // show found words in the archives (3.2+)
	ShareChats      bool // give a chat to further groups, and take it from them (until 3.3)
	SetAccess       bool // let one group see a chat and no other (until 3.1)
	FollowCustomers bool // be told what a customer does (3.3+)
	SortCustomers   bool // list customers in another order than the newest first (3.3+)
	SeeSite         bool // see who is on the site now, in place of all customers there are (3.6+)
	AddCustomers    bool // make a customer who has not come by herself (until 3.5)
	PhoneNotices    bool // say which telephones are told of chats (until 3.4)
	JoinUnseen      bool // join a chat without the customer seeing it (3.4+)
	Summarise       bool // ask for the summary of a thread (3.6+)
	ShowThinking    bool // tell that an answer is being thought about (3.6+)
	Preview         bool // show customers what is being written (3.6+)
	Phones          bool // keep customers' telephone numbers (3.6+)
}
