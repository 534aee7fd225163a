// The program under test: started with the demo on a free port and an empty folder, stopped with the test.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A port that nobody has right now. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts the program of TEST_PROGRAM; gives its address and a way to stop it. `days` is how long a past the simulated
 * municipality of the demo has; without any it is left out.
 */
export async function startProgram({ days = 0 } = {}) {
  const program = process.env.TEST_PROGRAM;
  if (!program) throw new Error("TEST_PROGRAM is not set; scripts/test.sh sets it");
  const folder = mkdtempSync(join(tmpdir(), "forebyg-browser-"));
  const port = await freePort();
  const demo = ["serve", "--demo", "--demo-days", String(days)];
  const child = spawn(program, [...demo, "--port", String(port), "--data", folder], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  const address = `http://127.0.0.1:${port}`;
  const stop = async () => {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) break;
    const ready = await fetch(`${address}/readyz`).then((answer) => answer.ok, () => false);
    if (ready) return { address, stop };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill("SIGKILL");
  throw new Error(`The program did not come up.\n${said}`);
}
