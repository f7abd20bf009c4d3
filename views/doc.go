// Package views draws the agent desk: desk state in, HTML out. It knows neither
// HTTP nor the chat server. Every page works without JavaScript; static/js adds
// the stream, drafts and keys on top of the same markup.
//
// # Pages
//
// A page is a struct (pages.go) and a component that draws it whole:
//
//	Login(LoginPage)            GET /login, and 422 after a refused POST
//	Inbox(InboxPage)            GET /chats, /chats/{chat}, /chats/{chat}/threads/{thread}
//	Views(ViewsPage)            GET /views
//	Bulk(BulkPage)              200 after POST /chats/bulk; BulkReport for scripts
//	TransferForm(TransferPage)  GET /chats/{chat}/transfer
//	Archives(ArchivesPage)      GET /archives
//	Transcript(TranscriptPage)  GET /archives/{chat}/{thread}
//	Customers(CustomersPage)    GET /customers
//	Customer(CustomerPage)      GET /customers/{customer}
//	History(HistoryPage)        GET /chats/{chat}/history
//	Team(TeamPage)              GET /team
//	Reports(ReportPage)         GET /reports
//	Settings(SettingsPage)      GET /settings
//	Me(MePage)                  GET /me
//	Inspector(InspectorPage)    GET /inspector; Frames draws its rows alone
//	FrameWhole(FramePage)       GET /inspector/{frame}
//	Problem(ErrorPage)          every error that is a page
//
// ExportFormats write conversations as files. Render a page into a buffer
// first, so that a failure is a clean 500.
//
// # Forms
//
// Every form is a plain POST (GET for filters), answered with 303, and carries
// data-action. Paths are below Page.Base; chat forms below /chats/{chat}:
//
//	send             events             text, visibility (all|agents), custom_id, file (several; multipart);
//	                                    the files' messages have the ids custom_id-1, custom_id-2, …;
//	                                    canned_file (several; ids of a canned response's files), close (1: closes the chat behind it)
//	retry, discard   events/retry, events/discard     custom_id
//	typing           typing             on (true|false), visibility; only by script
//	seen             seen               up_to (microseconds since 1970); only by script
//	draft            draft              text, visibility; insert (id of a canned response, put behind the draft), next (canned)
//	viewing          viewing            on (true|false); only by script
//	deactivate       deactivate         undo (1: closes after some seconds); also close of send
//	keep-open        keep-open          takes deactivate with undo back
//	unread           unread             marks the chat as unread until it is read again; the desk alone knows
//	resume           resume
//	take             take
//	follow, unfollow follow, unfollow
//	join, leave      users, users/remove    user_id, visibility (all|agents)
//	transfer         transfer           to (agent:<id> or group:<id>), force (1)
//	tag, untag       tags, tags/remove  tag
//	customer         /customers/{customer}             name, email, phone; chat (where it is beside one), as all of these
//	fields           /customers/{customer}/fields      field and value (pairs; all there are, and a new one)
//	ban, lift-ban    /customers/{customer}/ban, …/unban        days
//	follow-customer, unfollow-customer  /customers/{customer}/follow, …/unfollow
//	note, change-note, delete-note      /customers/{customer}/notes, …/remove   id, text
//	bulk             /chats/bulk        do (close|tag|transfer), chat (up to 100), tag, to, back (a query)
//	save-view, change-view      /views  name, shared (1); query, or the id of the view
//	raise-view, delete-view     /views/raise, /views/remove     id
//	set-waiting, drop-waiting   /settings/waiting, …/remove     group (-1: all), warn, late (seconds)
//	status           /status            status (a desk.RoutingStatus)
//	start-chat       /customers/chat    customer_id
//	team-status      /team/status       agent_id, status
//	tell             /team/tell         text, group
//	preferences      /me                part (a desk.Part), and the fields of that part
//	end-session, end-others     /me/sessions/end, …/end-others      session
//	change-agent     /settings/agents   agent_id, role, limit
//	suspend-agent    /settings/agents/suspend   agent_id, do (suspend|unsuspend|approve)
//	create-group, rename-group, delete-group    /settings/groups, …/rename, …/remove   id, name
//	create-tag, delete-tag                      /settings/tags, …/remove   name, group
//	add-access, delete-access   /settings/access, …/remove   url, group; id
//	save-canned, forget-canned  /canned/save, /canned/delete    id, words, text, for (me, all, or a group's id)
//	add-canned-file, remove-canned-file    /canned/files, …/remove    id, file (multipart); id
//	import-canned, take-over-canned        /canned/import, /canned/take-over    file (multipart, CSV or JSON)
//	insert-canned, send-canned-file        draft, events    insert; custom_id, canned_file
//	unban            /settings/bans/remove      customer_id
//	reconnect        /reconnect         (the bar's Retry and Use here)
//	summary          summary
//	thinking         thinking           title
//	postback         postback           thread_id, event_id, postback_id, toggled (true|false)
//	resend           /inspector/{frame}/resend     payload (JSON)
//	logout           /logout
//	login            /login             email + password, or token; next
//
// A script's POST carries the header "X-Desk: 1". It is answered with 204 where
// the browser would get a 303, and with the error's status and its sentence as
// text/plain otherwise; 401 sends the browser to the sign-in page.
//
// An export (GET /archives/export) takes the archives' filters, or chat and
// thread; format (txt, html, csv, json); leave (notes, system; may repeat).
//
// A report (GET /reports) takes period (today, yesterday, week, month, days), from and
// to (YYYY-MM-DD, both inclusive, with days), group and agent; as a file (GET
// /reports/export) also table (days, agents).
//
// Filters of the lists in the query string: list, group, agent, tag, active
// (yes|no), unread (1), unanswered (1), property (namespace.name=value), sort
// (newest|waiting), after; and select (1), which lets rows be ticked. Of the archives: query, from and to (YYYY-MM-DD,
// both inclusive), agent, group, tag (each may repeat), page. Of the customers:
// name, email, country, from, visits (at least), group, stage (a desk.Stage), sort
// (a desk.CustomerOrder), page.
//
// # Parts of a conversation
//
// A page of a chat or of an earlier thread shows some of its events. The query
// says which: before=<event>, since=<event> (empty: from the beginning),
// at=<event> (around it, marked data-found), from=<event> (it and all after it),
// between=<from>,<to> (all between two moments, in microseconds: how scripts make
// true again, after a gap in the stream, what stands far from the newest). Where
// the event of at is gone, the conversation is shown with a word about that, and
// the status is 404; a transcript in the archives knows at too. quote=<event>, with
// thread=<thread> where it is an earlier one, puts an event into the composer.
// With part=log it is the conversation alone (LogPart), which scripts put above
// or below what they show: the links data-older and data-newer lead on. Where
// later events are left out the container is older-<chat> instead of log-<chat>,
// so that patches do not land behind the gap. Lines of text that begin with "> "
// are quoted, on the wire and in the composer alike.
//
// # Patches
//
// The stream's event "patch" carries one line of HTML: one or more elements,
// each with an id, written by the …Patch functions. The browser takes each by
// itself:
//
//   - with data-remove: the element with that id goes (see PendingGonePatch and
//     EventGonePatch for the two finer forms);
//   - with data-into="container": it is put into that container, in ascending
//     order of data-sort, replacing the element of the same id wherever that
//     was; where the page has no such container, an old row goes and an old
//     event is replaced where it stands. What belongs above the first event or
//     below the last row that are shown, of more that are not, is left out;
//   - with data-alert: it stands nowhere on the page; what it says calls the agent
//     (AlertPatch);
//   - otherwise it replaces the element of the same id, if there is one. What in
//     it has data-absent was not told: what stands there stays.
//
// A page asked for with the header "X-Keep: lists" has data-absent in place of the
// lists and of what no page changes; see docs/adr/0016.
//
// Replacing keeps focus, caret, drafts, scroll positions and opened details.
// Grouping, day lines and the New line are laid out by the browser after a
// patch as they are by the page. Patches say what is, not what changed: applying one twice does no harm, and
// the last one wins. A list drawn with a Filter has the attribute
// data-narrowed: the rows it shows are patched where they stand, and its page is
// fetched again where a patch may bear on the filter. Rows hold still while the
// pointer is over the lists or one of them has the focus; see static/js/order.js.
//
// Which patch draws which desk.Regions:
//
//	RegionRow                 RowPatch (RowGonePatch where Board.Row has none)
//	RegionGone                RowGonePatch
//	RegionEvent               EventPatch
//	RegionEventGone           EventGonePatch
//	RegionPending             PendingPatch, PendingGonePatch where it is no more
//	RegionHead                HeadPatch
//	RegionSeen                SeenPatch
//	RegionPeek                PeekPatch
//	RegionCounts              CountsPatch
//	RegionMe                  MePatch
//	RegionNotice              NoticePatch
//	RegionConnection          ConnectionPatch
//	RegionAll                 not a patch: the stream says hello with resumed:false
//
// Ids are row-<chat>, e-<event>, e-c-<custom_id> (own events that have one, and
// the pending message before), list-<list>, log-<chat>, head-<chat>,
// foot-<chat>, peek-<chat>, details-<chat>, seen-<chat>, count-<list>, me,
// connection, nav-unread. Foreign ids are made safe by DOMID.
package views
