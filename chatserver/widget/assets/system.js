// What the server tells in the chat (api guide, section 10), in the customer's
// language. A type that is not here, or lacks a name, is shown as it came.

import { T, named } from './words.js';

const joined = T('{agent} joined the chat'), took = T('{agent} took over the chat'), queued = T('The chat is waiting for an agent');

const says = {
  'routing.assigned': joined,
  'routing.archived_inactive': T('The chat was closed because nobody wrote for a while'),
  'routing.idle': T('Nobody has written for a while'),
  agent_added: T('{agent} joined the chat, added by {initiator}'),
  agent_joined: joined,
  agent_left: T('{agent} left the chat'),
  agent_removed: T('{agent} left the chat'),
  manual_archived_agent: T('{agent} closed the chat'),
  manual_archived_customer: T('You closed the chat'),
  customer_banned: T('The chat was closed'),
  'rating.chat_rated': { good: T('You rated the chat as good'), bad: T('You rated the chat as bad') },
  'rating.chat_commented': T('You left a comment: {comment}'),
  'rating.chat_rating_canceled': T('You took your rating back'),
};
const transferred = [T('{initiator} transferred the chat to {agent}'), T('{initiator} transferred the chat to {group}'), T('The chat was transferred')];

// systemText is a system message in words.
export function systemText({ system_message_type: type = '', text, text_vars: vars }) {
  if (type === 'chat_transferred') return transferred.map((t) => named(t, vars)).find((t) => t);
  const said = type.startsWith('routing.assigned_') ? took : type.startsWith('routing.unassigned_') ? queued : says[type];
  const sentence = said?.good ? said[vars?.score] : said;
  return (sentence && named(sentence, vars)) || text;
}
