// Compute Berita Acara with the modules of the phone; prints the digest of each that is asked for.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const module = async (name) => import(`data:text/javascript;base64,${readFileSync(`${process.argv[2]}/${name}.js`).toString("base64")}`);
const { contents, asks, forms, sha256, number } = JSON.parse(readFileSync(0, "utf8"));
const paper = await module("paper");
const { minutesPdf, signedPositions } = await module("minutes");
const digests = asks.map(([name, position]) => {
  if (!signedPositions(contents[name]).includes(position)) throw new Error(`${name} ${position}`);
  return createHash("sha256").update(minutesPdf(paper, forms, contents[name], { sha256, number, position })).digest("hex");
});
console.log(JSON.stringify(digests));
