"""Version control: git above all."""

from helpers.corpora.bash_commands.program import Program

PROGRAMS = (
    Program("git", 13, r"""
        git status «¦-s¦-sb¦--short»
        git add <«file¦code¦globs¦dir»>
        git add «.¦-A¦-u¦-p¦--all»
        git add <code> <code>
        git add -«A¦u» && git commit -m ¨<message>¨
        git commit -m ¨<message>¨
        git commit -«am¦a -m¦sm¦asm¦S -m¦s -m» ¨<message>¨
        git commit --amend «¦--no-edit¦-m ¨<message>¨¦-C HEAD»
        git commit -«v¦a¦C HEAD~1¦c HEAD»
        git push «¦<origin>¦-u <origin> <branch>¦<origin> <branch>¦--tags¦-f¦--force-with-lease»
        git push <origin> «--delete <branch>¦HEAD¦:<branch>¦<version>¦HEAD:<branch>»
        git pull «¦--rebase¦<origin> <branch>¦--rebase <origin> <branch>¦--ff-only»
        git fetch «¦--all¦<origin>¦-p¦--prune¦<origin> <branch>»
        git checkout <«branch¦commit»>
        git checkout -«b¦B» <branch>
        git checkout -b <branch> <origin>/<branch>
        git checkout «<branch> ¦»-- <code>
        git switch «¦-c »<branch>
        git branch «¦-a¦-r¦-v¦-vv¦-d <branch>¦-D <branch>¦-m <branch>¦-M main¦--merged¦-c <branch>»
        git branch -«m¦M» <branch> <branch>
        git merge «¦--no-ff ¦--squash ¦--abort¦»<branch>
        git rebase «-i¦--onto main¦» <«branch¦commit»>
        git rebase --«continue¦abort¦skip»
        git log «¦--oneline¦-p¦-<1..20>¦--graph¦--stat¦--oneline --graph --all¦--decorate» «¦
            <file>¦<branch>»
        git log -n¬<1..30> «¦--oneline¦--stat»
        git log --«author=<user>¦since=<date>¦grep=<word>¦since="2 weeks ago"¦follow <file>»
        git log -«S¦G»°¨<word>¨ «¦-- <file>»
        git log <branch>..<branch> «¦--oneline»
        git log --format=«%an¦%ae» | sort | uniq -c | sort -«rn¦nr»
        git log --format=«%H¦'%h %s'» | <commits_filter>
        git log -L¬<1..50>,<51..99>:<code>
        git diff «¦--cached¦--staged¦--stat¦HEAD¦--name-only¦-w¦-b¦--word-diff» «¦<code>»
        git diff <commit> <commit> «¦-- <file>»
        git diff <branch>«..¦...»<branch> «¦--name-only¦--stat»
        git diff «-U<0..9>¦-M¦-C¦-R» «HEAD~1¦<branch>»
        git show «¦--stat »<commit>
        git show <commit>:<code> «¦>·<sink>»
        git stash «¦pop¦list¦apply¦drop¦-u¦show -p¦clear¦push -m ¨<phrase>¨¦pop stash@{<0..5>}»
        git reset «¦--hard ¦--soft ¦--mixed »<commit>
        git reset HEAD <code>
        git revert «¦-n ¦--no-edit »<commit>
        git clone <repo> «¦<name>»
        git clone --depth«=¦ »<1..50> <repo>
        git clone -b <branch> <repo>
        git clone --«recursive¦bare¦mirror» <repo>
        git remote «¦-v¦add <origin> <repo>¦set-url <origin> <repo>¦remove <origin>¦show <origin>»
        git tag «¦-l¦-d <version>¦<version>¦-a <version> -m ¨<message>¨¦-n»
        git config --global «user.name "<user>"¦user.email <user>@<domain>¦core.editor vim¦
            alias.«st status¦co checkout»»
        git rm «¦-r ¦--cached ¦-r --cached »<«file¦dir»>
        git mv <code> <code>
        git clean -«fd¦n¦f¦fdx¦fdX¦xdf¦nd»
        git blame «¦-L¬<1..50>,<51..99> ¦-w ¦-C ¦-M »<code>
        git cherry-pick «¦-n ¦-x »<commit>
        git bisect «start¦good <commit>¦bad¦reset»
        git -C <dir> «status¦pull¦log --oneline¦diff --stat»
        git grep -«n¦i¦l¦I¦L» <word>
        git ls-files «¦-m¦-o¦| xargs grep -l <w>¦| grep <ext>»
        git rev-parse «HEAD¦--short HEAD¦--abbrev-ref HEAD»
        git «submodule update --init --recursive¦gc¦reflog¦init¦fsck»
        git init <name>
        git apply «¦--check ¦-R »<name>.patch
        git format-patch -«1¦<2..9>» «¦HEAD¦-o <dir>»
        git worktree add ../<w> <branch>
        git archive -o <name>.«tar.gz¦zip» «HEAD¦<branch>»
    """, values="GLSUmn", twins="aAbBdDmMuU", subcommands=True),
    Program("svn", 0.5, r"""
        svn «up¦update¦status¦info¦log¦diff»
        svn «co¦checkout» https://svn.<domain>/<name>/trunk «¦<dir>»
        svn «commit¦ci» -m ¨<message>¨
    """, values="m", subcommands=True),
    Program("hg", 0.3, r"""
        hg «status¦pull -u¦push¦update¦log -l <1..20>»
        hg commit -m ¨<message>¨
    """, values="lm", subcommands=True),
    Program("patch", 0.7, r"""
        patch -p°«0¦1» < <name>.patch
        patch -p°«0¦1¦2» -«i¦R -i» <name>.patch
        patch -R -p°1 < <name>.«patch¦diff»
        patch <code> < <name>.diff
    """, values="ip"),
    Program("gh", 0.4, r"""
        gh pr «list¦create¦checkout <1..999>¦view <1..999>¦merge <1..999>»
        gh «repo clone <user>/<name>¦issue list¦run list»
    """, subcommands=True),
)
