// Plays Channel and Capacity of the campaign on @copilotkit/aimock, by the role's own prompt. Prints its address once it listens.
// Run with the folder that holds node_modules as its only argument.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const require = createRequire(pathToFileURL(join(process.argv[2], "package.json")));
const { LLMock } = require("@copilotkit/aimock");

const TERMS = {
  search_spend: 70000,
  social_spend: 30000,
  email_spend: 5000,
  creative_format: "mixed",
  creative_hours: 120,
  launch_date: "2026-09-28",
  flight_weeks: 6,
};

const said = (request) => request.messages.map((message) => JSON.stringify(message.content)).join("\n");
const answer = (draft) => ({ content: JSON.stringify({ notes: "", text: "", ...draft }) });
const backing = (text) => (/you back (m\d+-\w+)/.exec(text) ?? [])[1];
const offerOf = (text, role) => (new RegExp(`- (m\\d+-\\w+) by ${role}`).exec(text) ?? [])[1];

const mock = new LLMock({ port: 0, host: "127.0.0.1" });
mock.on({ systemMessage: "You are **Channel**" }, (request) =>
  offerOf(said(request), "channel") ? answer({ act: "inform" }) : answer({ act: "propose", terms: TERMS }),
);
mock.on({ systemMessage: "You are **Capacity**" }, (request) => {
  const offer = offerOf(said(request), "channel");
  return !offer || backing(said(request)) === offer ? answer({ act: "inform" }) : answer({ act: "accept", offer });
});
await mock.start();
console.log(mock.url);
process.stdin.on("end", () => process.exit(0)).resume();
