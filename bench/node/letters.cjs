// Letters as docxtemplater and easy-template-x make them, by their own examples: node letters.cjs WHICH TEMPLATE PEOPLE COUNT
const fs = require("fs");
const [which, template, people, count] = process.argv.slice(2);
const data = JSON.parse(fs.readFileSync(people, "utf8"));
const content = fs.readFileSync(template);
const total = Number(count);

function docxtemplater(one) {
  const PizZip = require("pizzip");
  const Docxtemplater = require("docxtemplater");
  const doc = new Docxtemplater(new PizZip(content), { paragraphLoop: true, linebreaks: true });
  doc.render(one);
  return doc.toBuffer({ compression: "DEFLATE" });
}

async function main() {
  let make = docxtemplater;
  if (which === "easy-template-x") {
    const { TemplateHandler } = require("easy-template-x");
    const handler = new TemplateHandler();
    make = (one) => handler.process(content, one);
  }
  await make(data[0]);
  const before = process.cpuUsage();
  const start = process.hrtime.bigint();
  let last;
  for (let n = 0; n < total; n++) last = await make(data[n % data.length]);
  const used = process.cpuUsage(before);
  const wall = Number(process.hrtime.bigint() - start) / 1e9;
  fs.writeFileSync(`${template}.${which}.docx`, last);
  console.log(JSON.stringify({ cpu: (used.user + used.system) / 1e6, wall, peak: process.resourceUsage().maxRSS / 1024 }));
}
main();
