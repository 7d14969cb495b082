// A bot in grammY's own words. Usage: node bot.mjs <address> <token>
import { Bot, InlineKeyboard, InputFile } from "grammy";

const [apiRoot, token] = process.argv.slice(2);
const bot = new Bot(token, { client: { apiRoot } });

bot.command("start", (ctx) =>
  ctx.reply("<b>Hello</b>", {
    parse_mode: "HTML",
    reply_markup: new InlineKeyboard().text("A", "a"),
  }),
);

bot.callbackQuery("a", async (ctx) => {
  await ctx.answerCallbackQuery({ text: "Noted", show_alert: true });
  await ctx.editMessageText("You chose A");
  await ctx.replyWithDocument(new InputFile(Buffer.from("Dear all"), "a letter – ä.txt"), { caption: "Read" });
  await ctx.api.setMyCommands([{ command: "more", description: "More" }], {
    scope: { type: "chat", chat_id: ctx.chat.id },
  });
  await ctx.reply("Done");
});

bot.on("message:document", async (ctx) => {
  const file = await ctx.getFile();
  await ctx.reply(`${file.file_size} bytes`);
});

bot.catch((error) => {
  console.error(error.error);
  process.exitCode = 1;
});

process.once("SIGTERM", () => bot.stop());
await bot.start();
