// Package version is the changelog of the Agent Chat API, 3.0 to 3.7, as code.
// Canonical is 3.6, the shape of package protocol.
//
// A message climbs or descends one version at a time: v31.go is the step between
// 3.0 and 3.1, v32.go that between 3.1 and 3.2, and so on to v37.go. A file can
// be read beside the changelog of its version, and each function names the line
// or the document it follows. Between equal versions nothing is read, changed or
// allocated. A message on its way is a tree in which only what a step changes is
// taken apart, so unknown fields, numbers and the order of fields survive, and a
// push costs one pass whatever the number of steps.
//
// A client (upstream) speaks canonical and takes requests to the version of its
// connection, responses and pushes back. A server (chatserver) takes a request to
// the version in which it handles the action, its home, and what comes of it to
// the version of each connection. For most actions home is canonical; where the
// versions differ in more than words it is older:
//
//   - 3.0: send_event opens a thread and answers the event and its thread;
//     start_chat and activate_chat answer the chat; create_customer answers the
//     customer; update_last_seen_timestamp without a timestamp means now;
//     send_file, upload_image and the auto access rules exist only there.
//   - 3.1: update_customer answers the customer; get_chat_threads answers several
//     threads and the summary of all; set_access exists only up to there, as does
//     its push access_set.
//   - 3.3: grant_chat_access and revoke_chat_access with their pushes;
//     add_user_to_chat may add to an inactive chat, transfer_chat may move one.
//   - 3.4: change_push_notifications.
//   - 3.5: create_customer, list_customers and get_license_info.
//
// Where a server does not use an old home, the step builds what it can from
// request and response. Further, a server adds to canonical messages on their way
// down: routing_status of agents who are logged in, to 3.3; the whole customer in
// customer_updated, to 3.2; visit_id of incoming_customer and customer_left, to
// 3.2, or a number made from the customer's id stands for it. A page_id that
// ParsePage understands comes with filters and asks for a page by its number.
//
// A client of 3.0 and 3.1 has no list_threads: the answer has threads without
// events, each with events_count, to be read one by one with get_chat. What
// last_thread_summary lacks there, active and access, stays unknown.
//
// Everything is a pure function of its arguments and safe for concurrent use.
// Payloads that go in are never changed; payloads that come out may share bytes
// with them.
package version
