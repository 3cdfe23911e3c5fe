"""The lattice that hears: what a transcriber made of a command becomes the command again."""

import pytest

from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.hearing import lattice, writer
from helpers.tasks.dictation.hearing.readings import Reader
from helpers.tasks.dictation.hearing.words import own_words, read_words

# What the n-gram has read: the same programs with other names than the tests ask for.
KNOWN = """
ls -la
ls -lh
ls -l src
cd ..
cd ~/projects
cd ../docs
git status
git push origin main
git commit -m "update notes"
git diff .
git add -A
git checkout -b fix/menu
rm -rf .cache
rm -rf .venv
kill -9 4321
kill -9 812
kill -9 77
chmod 644 notes.txt
chmod 755 deploy.sh
chmod +x start.sh
sudo systemctl reload nginx
kubectl get pods -n web
python3 -m http.server 8000
head -n 20 log.txt
sleep 30
timeout 1.5 make
cat package.json
cat .env
rm .env.old
rm notes.txt
cat notes.txt | grep error
pgrep -f node
mkdir -p build/lib
docker run -p 8080:80 nginx
sudo nano /etc/hosts
cat /etc/fstab
grep -r "error" src/
find . -name "*.log"
curl -fsSL https://example.org/setup.sh
ssh root@example.org
""".strip().splitlines()

HEARD = [
    # capitals, letters said one by one, symbols that are written already
    ("LS dash LA", "ls -la"),
    ("L S dash L H", "ls -lh"),
    ("LS-LA", "ls -la"),
    ("Ls -la.", "ls -la"),
    ("CD dot dot slash docs.", "cd ../docs"),
    ("CD dot dot slash docs", "cd ../docs"),
    ("RM dash RF dot cache", "rm -rf .cache"),
    ("rm dot E N V", "rm .env"),
    ("Cat package.JSON.", "cat package.json"),
    ("P grep dash F node", "pgrep -f node"),
    ("Git status.", "git status"),
    ("Git diff dot.", "git diff ."),
    ("cat notes dot txt, pipe grep error.", "cat notes.txt | grep error"),
    ("git commit dash M “update notes”", 'git commit -m "update notes"'),
    ("git commit dash M quote update notes quote.", 'git commit -m "update notes"'),
    # numbers as people say them
    ("chmod seven fifty five deploy dot sh", "chmod 755 deploy.sh"),
    ("sleep two hundred and ten", "sleep 210"),
    ("sleep three thousand", "sleep 3000"),
    ("head dash n one hundred log dot txt", "head -n 100 log.txt"),
    ("python3 dash M HTTP dot server eighty eighty", "python3 -m http.server 8080"),
    ("docker run dash P 80 80 colon 80 nginx", "docker run -p 8080:80 nginx"),
    ("kill dash nine two two one four", "kill -9 2214"),
    ("sleep zero point five", "sleep 0.5"),
    # words heard as others
    ("get status", "git status"),
    ("pseudo system control reload engine x", "sudo systemctl reload nginx"),
    ("cube control get pods dash N web", "kubectl get pods -n web"),
    ("cat slash etsy slash hosts", "cat /etc/hosts"),
    ("make dir dash P build slash lib", "mkdir -p build/lib"),
    # other names of symbols, capitals announced without spaces said
    ("ls minus l src", "ls -l src"),
    ("cat notes period txt vertical bar grep error", "cat notes.txt | grep error"),
    ("rm minus rf period cache", "rm -rf .cache"),
    ("git add minus capital A", "git add -A"),
    ("head dash N two hundred fifty thousand log dot txt", "head -n 250000 log.txt"),
    ("sleep a hundred thousand", "sleep 100000"),
    ("head dash N 1,000, log dot txt", "head -n 1000 log.txt"),
    ("git commit dash-dash amend", "git commit --amend"),
    # spaces said by somebody who does not keep to the protocol otherwise
    ("chmod space seven fifty five space deploy dot SH", "chmod 755 deploy.sh"),
    ("sudo space nano space forward slash etsy slash hosts", "sudo nano /etc/hosts"),
    # pauses, talk around, versions that are taken back
    ("um git uh status", "git status"),
    ("okay so run git status please", "git status"),
    ("git push origin develop no wait origin main", "git push origin main"),
    ("cd tilde slash music scratch that cd tilde slash projects", "cd ~/projects"),
]


@pytest.fixture(scope="module")
def listener():
    return writer.fit(KNOWN, BASH)


@pytest.mark.parametrize(("heard", "meant"), HEARD)
def test_what_is_heard_is_written_as_it_was_meant(listener, heard, meant):
    assert listener.candidates(heard)[0].text == meant


@pytest.mark.parametrize(
    "said",
    ["cat wait dot txt", "git checkout actually", "grep get notes dot txt", "sleep 30"],
)
def test_words_that_could_be_more_stay_themselves_where_they_are_meant(listener, said):
    """A marker of second thoughts, or a name that sounds like a program, may be a file's name."""
    text = listener.candidates(said)[0].text
    assert text.split() == said.replace(" dot ", ".").split()


def test_every_candidate_is_in_the_lattice_and_none_comes_twice(listener):
    heard = "RM dash RF dot cache, no wait dot V env"
    texts = [candidate.text for candidate in listener.candidates(heard, 20)]
    assert len(set(texts)) == len(texts) > 5
    assert all(text in listener.lattice(heard) for text in texts)


def test_a_readers_own_words_are_written_as_the_list_says(listener):
    before = listener.candidates("cd order book")[0].text
    mine = listener.with_words(own_words(["order book = OrderBook"]))
    assert before != "cd OrderBook" == mine.candidates("cd order book")[0].text


@pytest.mark.parametrize(
    ("own", "said", "written"),
    [("k8s = kubernetes", "ls k8s", "ls kubernetes"), ("C++ = cpp", "cd C++", "cd cpp"),
     ("k8 = kate", "ls k8s", "ls K8s")],
)  # fmt: skip
def test_a_readers_word_may_mix_letters_digits_and_signs(listener, own, said, written):
    mine = listener.with_words(own_words([own]))
    assert mine.candidates(said)[0].text == written


@pytest.mark.parametrize(
    ("line", "own"),
    [("c sharp = C#", {"c sharp": "C#"}), ("f sharp = F# # music", {"f sharp": "F#"}),
     ("hash = #", {"hash": "#"}), ("hash = # # a sign", {"hash": "#"}), ("tag =#", {"tag": "#"}),
     ("issue = see #12", {"issue": "see #12"}), ("#off = on", {}), ("  # off", {}),
     ("kube\t# mine", {"kube": "kube"}), ("kube #", {"kube": "kube"})],
)  # fmt: skip
def test_a_hash_may_be_part_of_what_is_written(line, own):
    assert own_words([line]) == own


def test_a_readers_list_is_read_from_a_file(tmp_path):
    path = tmp_path / "words.txt"
    path.write_text("\ufeff# mine\norderbook\n\ncube control = kubectl # often\n", "utf-8")
    assert read_words(path) == {"orderbook": "orderbook", "cube control": "kubectl"}


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"a =\n", "line 1: is half a line"), (b"x\n= b\n", "line 2: is half a line"),
     (b"\xff\xfea", "it is not UTF-8"), (None, "cannot be read")],
)  # fmt: skip
def test_a_list_that_cannot_be_used_is_named_with_the_fix(tmp_path, content, problem):
    path = tmp_path / "words.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ValueError, match=rf"words\.txt.*{problem}"):
        read_words(path)


@pytest.mark.parametrize(
    "text", ["", "   ", ".", ",,,", "🙂", "ß", "é l a", "“", "1,000,000", "ls \ud800"]
)
def test_odd_input_has_an_answer(listener, text):
    assert all(isinstance(one.text, str) for one in listener.candidates(text, 3))


def test_cost_is_linear_in_the_length_of_a_dictation():
    """Arcs are counted, not seconds: pauses and restarts must not multiply each other."""
    said = "um git push no wait git pull scratch that cd dot dot "
    reader = Reader(BASH)
    sizes = [sum(map(len, lattice.build(said * n, reader).arcs)) for n in (4, 8, 16)]
    assert sizes[2] - sizes[1] < 2.5 * (sizes[1] - sizes[0])
