"""Development: compilers, interpreters, package managers, editors."""

from helpers.corpora.bash_commands.program import Program

PROGRAMS = (
    Program("make", 2, r"""
        make «¦clean¦install¦test¦all¦build¦docs¦lint¦-n¦-B¦-k¦help¦<w>»
        make -j°<2..32> «¦all¦install¦<w>»
        make -C <dir> «¦clean¦all¦test¦install»
        make -f «Makefile.<w>¦<w>.mk» «¦<w>»
        make clean && make «¦-j°<2..16>¦install»
        make «CC=clang¦DEBUG=1¦PREFIX=<absdir>¦VERBOSE=1» «¦<w>»
        make -«s¦k¦n¦B¦i¦d¦S» <w>
        sudo make install
        make -j$(nproc) «¦<w>»
        make 2>&1 | grep -«i¦A¬<1..5>» «error¦warning»
        make -I <dir> <w>
    """, values="CIfj"),
    Program("gcc", 2, r"""
        gcc <csource#1> -o·<w>
        gcc -o·<w> <csource>
        gcc -«Wall¦g¦O2¦O3¦O0 -g¦Wall -Wextra¦std=c99¦std=c11 -Wall» -o·<w> <csource>
        gcc -c <csource> «¦-o·<w>.o»
        gcc <csource> -o·<w> -l°«m¦pthread¦ssl¦curl¦z»
        gcc -I°<dir> -L°<dir> <csource> -l°<w>
        gcc -o·<w> <w>.o <w>.o «¦-l°m»
        gcc -«shared¦fPIC -shared» -o·lib<w>.so <csource>
        gcc -D°<«var¦var»> -c <csource>
        gcc -«S¦E¦M¦g -c¦s» <csource>
        gcc -«O2¦Os¦g3» -D°DEBUG=<0..2> -I°include <csource> -o·<w>
    """, values="DILlo", words=True, twins="oOlL"),
    Program("g++", 0.7, r"""
        g++ -std=c++«11¦14¦17¦20» «-O2 ¦-Wall »-o·<w> <w>.cpp
        g++ -«c¦g¦E¦S» <w>.cpp
        g++ <w>.cpp -o·<w> «¦-l°pthread¦-O2»
    """, values="lo", words=True, twins="oO"),
    Program("clang", 0.4, r"""
        clang «-O2 ¦-g ¦-Wall »<csource> -o·<w>
        clang-format -i <code>
        clang++ -std=c++17 <w>.cpp -o·<w>
    """, values="o", words=True),
    Program("cmake", 1, r"""
        cmake «..¦.¦-B build¦-S . -B build»
        cmake -D°CMAKE_BUILD_TYPE=«Release¦Debug» «..¦-B build»
        cmake --build «build¦.» «¦-j°<2..16>¦--target <w>»
        cmake -G "«Ninja¦Unix Makefiles»" «..¦-B <d>»
        cmake -«B <d>¦S <d> -B <d>» -D°CMAKE_INSTALL_PREFIX=<absdir>
    """, values="BDGSj", words=True),
    Program("gdb", 0.5, r"""
        gdb «¦-q¦--batch» ./<w>
        gdb --args ./<w> <file>
        gdb -p <pid>
    """, values="p", words=True),
    Program("valgrind", 0.4, r"""
        valgrind «¦--leak-check=full¦--tool=callgrind» ./<w> «¦<file>»
    """, words=True),
    Program("npm", 2, r"""
        npm install «¦-g¦-D¦--save-dev¦--save» <jspackage>
        npm «i¦ci¦install¦test¦start¦outdated¦audit¦init -y¦audit fix¦publish¦ls -g¦run»
        npm run «build¦dev¦test¦lint¦start¦build:<label>¦<w>» «¦-- --<w>»
        npm «uninstall¦update¦view¦i -D¦i -S¦i -g» <jspackage>
        NODE_ENV=«production¦development¦test» npm «run build¦start¦test¦run <w>»
        npm config set «registry <url>¦<w> <word>»
        npm i <jspackage>@«latest¦<1..9>.<0..20>.<0..9>¦^<1..9>»
    """, subcommands=True),
    Program("npx", 0.6, r"""
        npx «eslint¦prettier¦tsc¦jest» «<dir>¦--watch¦--fix <dir>¦--write <code>¦--init»
        npx create-react-app <name>
        npx <jspackage> «--help¦-y»
    """),
    Program("yarn", 0.6, r"""
        yarn «¦install¦build¦test¦start¦dev»
        yarn «add¦add -D¦remove¦global add» <jspackage>
    """, subcommands=True),
    Program("node", 0.9, r"""
        node <w>.js
        node «-v¦-e 'console.log(<1..9>·+·<1..9>)'¦-p "process.version"¦--inspect <w>.js¦
            -r dotenv/config <w>.js»
        NODE_ENV=«production¦development» node <d>/<w>.js
        PORT=<port> node «server¦index¦app».js
    """, words=True),
    Program("python", 3, r"""
        python <py>
        python <py> <text> «¦<text>»
        python <py> --«input <text>¦output <sink>¦config <w>.yml¦seed <1..99>¦epochs <1..99>»
        python -m «http.server <port>¦venv .venv¦venv <w>¦pip install <pypackage>¦pytest¦
            json.tool <w>.json¦unittest»
        python -c "«import <pypackage>¦print(<1..99>·**·<2..9>)¦import sys; print(sys.version)»"
        python -c 'print("<w>"·*·<2..9>)'
        python -«u¦i¦O¦v¦V¦B¦W ignore¦E» <py>
        python manage.py «runserver¦migrate¦makemigrations¦shell¦test <w>¦runserver 0.0.0.0:<port>¦
            createsuperuser»
        CUDA_VISIBLE_DEVICES=«0¦1¦0,1» python <py> --<w> <1..64>
        PYTHONPATH=«.¦src¦$PWD» python <py>
        python <py> <text> >·<sink> 2>·<sinklog>
        python <py> | tee <sinklog>
        python -m cProfile -«s time¦o <w>.prof» <py>
        python -m timeit -s "import <w>" "<w>.<w>()"
    """, values="Wcm", twins="vVoO"),
    Program("python3", 1.4, r"""
        python3 <py>
        python3 -m «venv .venv¦http.server <port>¦pip install -U pip¦venv <w>¦
            pip install <pypackage>»
        python3 -«c "import <pypackage>"¦V¦u <py>¦i <py>»
        cat <w>.json | python3 -m json.tool
        python3 <py> < <text> >·<sink>
        python3 -m venv <w#1> && source <w#1>/bin/activate
    """, values="cm"),
    Program("pip", 1.8, r"""
        pip install <pypackage> «¦<pypackage>»
        pip install «-U¦--upgrade¦--user¦-q¦-t <dir>» <pypackage>
        pip install -r «requirements¦requirements-dev¦<d>/<w>».txt
        pip install «-e .¦-e .[dev]¦.¦-U pip setuptools¦-c <w>.txt -r <w>.txt»
        pip install <pypackage>==<1..4>.<0..20>.<0..5>
        pip «list¦freeze¦check¦list --outdated»
        pip freeze >·requirements.txt
        pip «show¦uninstall -y¦uninstall¦download» <pypackage>
        pip list | grep -i <pypackage>
        pip3 install «¦-U »<pypackage>
    """, subcommands=True),
    Program("pytest", 1.2, r"""
        pytest «¦-v¦-x¦-q¦-s¦-vv¦-xvs¦--lf¦-sv» «¦tests¦tests/test_<w>.py¦<py>»
        pytest -k «<w>¦¨<w> and <w>¨¦¨not <w>¨» «¦tests»
        pytest tests/test_<w>.py::test_<w>
        pytest -n <2..16> «¦-x¦tests»
        pytest --cov=<name> «¦tests¦--cov-report=html»
        pytest -m «slow¦¨not slow¨¦<w>» «¦-v»
    """, values="kmn"),
    Program("conda", 0.6, r"""
        conda «activate <name>¦deactivate¦env list¦update --all¦list»
        conda create -n <name> python=3.<8..13>
        conda install -c conda-forge <pypackage>
        conda env «export >·<w>.yml¦create -f <w>.yml¦remove -n <name>»
    """, subcommands=True),
    Program("uv", 0.4, r"""
        uv «pip install <pypackage>¦venv¦sync¦run <py>¦add <pypackage>¦lock»
    """, subcommands=True),
    Program("ruff", 0.3, r"""
        ruff «check¦check --fix¦format» <«dir¦py»>
    """),
    Program("cargo", 1, r"""
        cargo «build¦run¦test¦check¦clippy¦fmt¦update¦clean¦doc --open¦bench»
        cargo «build¦run¦test» --release «¦-p <name>¦--bin <w>»
        cargo «new¦add¦install¦new --lib» <name>
        cargo run -- <file> «¦--<w>»
        cargo test <w> -- --nocapture
        RUST_BACKTRACE=1 cargo run
        RUST_LOG=debug cargo «run¦test» --bin <w>
    """, subcommands=True),
    Program("go", 1, r"""
        go «build¦test¦run¦vet¦fmt¦install» ./...
        go run «main.go¦.¦cmd/<w>/main.go¦<w>.go»
        go build -o «bin/¦»<w> «¦.¦./cmd/<w>»
        go test «-v¦-race¦-run Test<W>¦-bench=.¦-cover» ./«...¦<d>/...¦<d>»
        go mod «init <domain>/<name>¦tidy¦vendor¦download»
        go get «-u ¦»<domain>/<name>
        GOOS=«linux¦windows¦darwin» GOARCH=«amd64¦arm64» go build «-o <w>¦»
    """, words=True, subcommands=True),
    Program("java", 0.9, r"""
        java -jar <name>«¦-<version>».jar
        java -cp «.¦build/classes¦lib/*:.¦target/<name>.jar» <W>
        java -Xmx<1..16>«g¦G» -jar <name>.jar
        java -D<w>.<w>=<word> -jar <name>.jar
        java -Xms<128..512>m -Xmx<1..8>g -cp <name>.jar «Main¦<W>»
    """, words=True),
    Program("javac", 0.4, r"""
        javac «-d <d> ¦»<W>.java
        javac -cp lib/<name>.jar <W>.java && java <W>
    """, words=True),
    Program("mvn", 0.6, r"""
        mvn «clean install¦test¦package¦clean¦clean package¦dependency:tree»
        mvn «clean ¦»install -D°skipTests
        mvn test -D°test=<W>Test
        mvn -«q¦U¦o¦X¦B» «clean ¦»package
        mvn -pl <name> -am «install¦test»
    """, values="D", words=True),
    Program("gradle", 0.4, r"""
        ./gradlew «build¦test¦clean¦bootRun¦assembleDebug» «¦--info¦-x test»
        gradle «build¦test¦tasks» «¦--stacktrace»
    """, words=True),
    Program("ruby", 0.3, r"""
        ruby <w>.rb «¦<text>»
        ruby -e 'puts <1..99>·+·<1..99>'
        bundle «install¦exec rake <w>¦exec rspec»
    """),
)
