// Finds numbers that could be a real person's civil registration number. Only the official test persons may stand in
// the tree, and numbers that cannot be anybody's: no such date, or born before 1900 or after 2039.

/** The official test persons of Danish health IT (from the test patients of the HL7 Denmark core profiles). */
const TEST_PERSONS = new Set([
  "2512489996", "2509479989", "0201919990", "3001749995", "1502779995", "0211223989", "2911829996", "1509819996",
  "0107729995", "0201609995", "0201609996", "0504909995", "0504909989", "2103009996", "3103979995", "0108589995",
  "0108629996", "2311143995", "1007059995",
]);

const LOOKS_LIKE_CPR = /(?<![\w.+-])(\d{6})-?(\d{4})(?![\w-]|\.\d)/g;

/** The century stands in the seventh digit, as the CPR office lays it down. */
function birthYear(year, seventh) {
  if (seventh <= 3) return 1900 + year;
  if (seventh === 4 || seventh === 9) return year <= 36 ? 2000 + year : 1900 + year;
  return year <= 57 ? 2000 + year : 1800 + year;
}

/** Whether somebody may have the number who lives, has lived lately or will soon be born. */
function couldBeSomebodys(digits) {
  const [day, month, short] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6)].map(Number);
  const year = birthYear(short, Number(digits[6]));
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1900 && year < 2040;
}

/** The places in a text where a number stands that might be a stranger's. */
export function strangers(text) {
  const found = [];
  for (const { 1: date, 2: serial, index } of text.matchAll(LOOKS_LIKE_CPR)) {
    if (!TEST_PERSONS.has(date + serial) && couldBeSomebodys(date + serial)) found.push({ index });
  }
  return found;
}
