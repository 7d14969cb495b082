"""From an update to an answer: who it is from, what it asks for, and the answer spoken. Telegram ids end here."""

import asyncio
from dataclasses import dataclass

from telegram import CallbackQuery, ChatMember, MaybeInaccessibleMessage, Message, Update

from bot.app import forgetting, joining
from bot.core.ids import TelegramId
from bot.core.moments import moment
from bot.tg import browsing, markup, pages
from bot.tg.commands import WORDS
from bot.tg.payloads import Browse, By, Exit, Forget, Leave, unpack
from bot.tg.practitioner import Practitioner
from bot.tg.screen import Reply, Screen
from bot.tg.send import Delivery, Outgoing
from bot.tg.texts import say


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The handlers, each for one kind of update; which update goes where stands in `wiring`."""

    practitioner: Practitioner
    outgoing: Outgoing

    async def on_tap(self, update: Update) -> None:
        """A button."""
        query = _query(update)
        who = TelegramId(query.from_user.id)
        tap = unpack(query.data or "", self.practitioner.means.keys, who)
        if tap is None:
            reply = Reply(send=(pages.wrong_button(),))
        else:
            if not isinstance(tap, Leave | Forget):
                await self._resume(who)
            reply = await self.practitioner.tap(who, tap)
        await self._speak(who, reply, query=query)

    async def on_start(self, update: Update) -> None:
        """/start."""
        who = await self._back(update)
        await self._speak(who, await self.practitioner.begin_here(who))

    async def on_practise(self, update: Update) -> None:
        """/practise."""
        who = await self._back(update)
        await self._speak(who, await self.practitioner.practise(who))

    async def on_scenarios(self, update: Update) -> None:
        """/scenarios."""
        await self._say(update, browsing.ways())

    async def on_skills(self, update: Update) -> None:
        """/skills."""
        await self._say(update, browsing.skills(self.practitioner.means.shelf))

    async def on_skill(self, update: Update) -> None:
        """/R6, as it stands below a choice: that skill's page."""
        who = await self._back(update)
        named = (_message(update).text or "").strip().removeprefix("/").partition("@")[0].upper()
        await self._speak(who, await self.practitioner.browse(who, Browse(By.SKILL, named)))

    async def on_progress(self, update: Update) -> None:
        """/progress."""
        who = await self._back(update)
        await self._speak(who, await self.practitioner.progress(who))

    async def on_privacy(self, update: Update) -> None:
        """/privacy."""
        await self._say(update, pages.privacy())

    async def on_mydata(self, update: Update) -> None:
        """/mydata."""
        who = await self._back(update)
        await self._speak(who, await self.practitioner.my_data(who))

    async def on_forget(self, update: Update) -> None:
        """/forget."""
        await self._speak(_sender(update), self.practitioner.forget())

    async def on_urgent(self, update: Update) -> None:
        """/urgent."""
        nation = await self.practitioner.nation(_sender(update))
        await self._say(update, pages.exit_(Exit.URGENT, self.practitioner.means.shelf, nation, None))

    async def on_help(self, update: Update) -> None:
        """/help."""
        await self._say(update, pages.help_())

    async def on_stop(self, update: Update) -> None:
        """/stop."""
        await self._say(update, pages.stopped())

    async def on_unknown_command(self, update: Update) -> None:
        """A command that does not exist."""
        await self._say(update, pages.unknown_command())

    async def on_word(self, update: Update) -> None:
        """One of the plain words that work like a command."""
        match plain_word(_message(update).text or ""):
            case "urgent":
                await self.on_urgent(update)
            case "help":
                await self.on_help(update)
            case _:
                await self.on_stop(update)

    async def on_typed(self, update: Update) -> None:
        """Whatever else is typed or sent: not read, not kept, deleted where Telegram allows, and answered with help."""
        message = _message(update)
        deleted = await self.outgoing.delete(message.chat_id, message.message_id) is Delivery.DONE
        nation = await self.practitioner.nation(_sender(update))
        help_ = self.practitioner.means.shelf.help[nation] if nation else None
        await self._say(update, pages.typed(help_, deleted=deleted))

    async def on_command_with_words(self, update: Update) -> None:
        """A command with words behind it: they are typed text like any other, and /urgent is answered all the same."""
        await self.on_typed(update)
        if (_message(update).text or "").lower().startswith("/urgent"):
            await self.on_urgent(update)

    async def on_group(self, update: Update) -> None:
        """A group that the bot was put into: it says why it leaves, and leaves."""
        chat = update.effective_chat
        if chat is not None:
            await self.outgoing.send(chat.id, say("private_only"))
            await self.outgoing.leave(chat.id)

    async def on_reach(self, update: Update) -> None:
        """Somebody has blocked the bot or lets it write again; or has put it into a group, or out of one."""
        change = update.my_chat_member
        assert change is not None
        gone = change.new_chat_member.status in {ChatMember.BANNED, ChatMember.LEFT}
        if change.chat.type == change.chat.PRIVATE:
            await self._reached(TelegramId(change.from_user.id), reachable=not gone)
        elif not gone:
            await self.on_group(update)

    async def sorry(self, update: Update) -> None:
        """After a bug of ours."""
        if update.callback_query is not None:
            await self.outgoing.answer(update.callback_query.id)
        chat = update.effective_chat
        if chat is not None and chat.type == chat.PRIVATE:
            await self._send(TelegramId(chat.id), pages.sorry())

    async def unfinished(self, update: Update) -> None:
        """A /forget that did not come to its end: it is said, with a way to try again."""
        reply = Reply(send=(pages.unfinished(moment(self.practitioner.clock()).day),))
        await self._speak(_sender(update), reply, query=update.callback_query)

    async def _back(self, update: Update) -> TelegramId:
        """Who this is; a /forget of theirs that was left half done is finished first."""
        who = _sender(update)
        await self._resume(who)
        return who

    async def _resume(self, who: TelegramId) -> None:
        practitioner = self.practitioner
        now = moment(practitioner.clock())
        await forgetting.resume(practitioner.database, practitioner.means, who, now=now)

    async def _say(self, update: Update, *screens: Screen) -> None:
        await self._speak(_sender(update), Reply(send=screens))

    async def _speak(self, who: TelegramId, reply: Reply, *, query: CallbackQuery | None = None) -> None:
        """What is new, in its order, and the toast beside it; then the tapped message as it reads now.

        In this order, because a crash in between must leave buttons to go on with: the old ones, or the new.
        """
        said = [self._send_all(who, reply)]
        if query is not None:
            said.append(self.outgoing.answer(query.id, reply.toast))
        delivered = (await asyncio.gather(*said))[0]
        if query is not None and query.message is not None:
            await self._change(query.message, reply)
        if delivered is Delivery.UNREACHABLE:
            await self._reached(who, reachable=False)
        elif delivered is Delivery.DONE and reply.shows is not None:
            self.practitioner.spoken.note(self.practitioner.means.keys.tag(who), reply.shows)

    async def _change(self, tapped: MaybeInaccessibleMessage, reply: Reply) -> None:
        if reply.edit is not None:
            await self.outgoing.edit(tapped.chat.id, tapped.message_id, reply.edit, or_send=False)
        elif reply.clear:
            await self.outgoing.clear(tapped.chat.id, tapped.message_id)

    async def _send_all(self, who: TelegramId, reply: Reply) -> Delivery:
        delivered = Delivery.DONE
        for screen in reply.send:
            delivered = await self._send(who, screen)
            if delivered is not Delivery.DONE:
                break
        return delivered

    async def _send(self, who: TelegramId, screen: Screen) -> Delivery:
        keyboard = markup.keyboard(screen, self.practitioner.means.keys, who)
        return await self.outgoing.send(who, screen.text, keyboard=keyboard, again=True)

    async def _reached(self, who: TelegramId, *, reachable: bool) -> None:
        means, now = self.practitioner.means, moment(self.practitioner.clock())
        await self.practitioner.database.run(joining.reached, means, who, reachable=reachable, now=now)


def plain_word(text: str) -> str | None:
    """The command that a message of just this word stands for, or None if it is no such message."""
    return WORDS.get(text.strip().rstrip(".!").rstrip().casefold())


def _query(update: Update) -> CallbackQuery:
    assert update.callback_query is not None
    return update.callback_query


def _message(update: Update) -> Message:
    assert update.effective_message is not None
    return update.effective_message


def _sender(update: Update) -> TelegramId:
    assert update.effective_chat is not None
    return TelegramId(update.effective_chat.id)
