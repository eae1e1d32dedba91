"use strict";(()=>{var Fo=Object.defineProperty;var qo=(e,t)=>{for(var n in t)Fo(e,n,{get:t[n],enumerable:!0})};function Ze(e=Date.now()){let t=crypto.getRandomValues(new Uint8Array(16));for(let i=0;i<6;i++)t[i]=Math.floor(e/2**(8*(5-i)))%256;t[6]=112|t[6]&15,t[8]=128|t[8]&63;let n=[...t].map(i=>i.toString(16).padStart(2,"0")).join("");return[n.slice(0,8),n.slice(8,12),n.slice(12,16),n.slice(16,20),n.slice(20)].join("-")}var Ho=["myRole","unreadCount","mentionCount","readSeq","muted","mutedUntil","peer"];function Xn(e,t=e.seq){return{id:e.id,chat:e,position:t,from:t+1,messages:[],typing:new Map,streams:new Map,readByAllSeq:0,stale:e.myRole===void 0}}function Ne(e,t){let n=Object.fromEntries(Ho.filter(i=>e.chat[i]!==void 0).map(i=>[i,e.chat[i]]));e.chat=t.myRole===void 0?{...t,...n}:t}var $o=(e,t)=>{let[n,i]=[0,e.length];for(;n<i;){let r=n+i>>1;e[r].seq<t?n=r+1:i=r}return n},pe=(e,t)=>e.messages.find(n=>n.id===t);function te(e,t){if(t.seq<e.from)return!1;let n=$o(e.messages,t.seq),i=e.messages[n];return i?.seq!==t.seq?e.messages.splice(n,0,t):i.updatedSeq<=t.updatedSeq&&(e.messages[n]=t),!0}function Qi(e,t){e.from=t.hasMore&&t.messages[0]?Math.min(e.from,t.messages[0].seq):1;for(let n of t.messages)te(e,n)}function Xi(e,t,n){let i=e.chat={...e.chat};i.messageCount++,i.lastMessage=t,i.updatedAt=t.createdAt,!(t.sender.id===n||t.seq<=(i.readSeq??0))&&(i.unreadCount=(i.unreadCount??0)+1,t.mentions.includes(n)&&(i.mentionCount=(i.mentionCount??0)+1))}function tr(e,t,n,i){let r=e.chat={...e.chat};r.messageCount=Math.max(0,r.messageCount-1);let a=n.sender.id!==i&&n.seq>(r.readSeq??0);a&&(r.unreadCount=Math.max(0,(r.unreadCount??0)-1)),a&&!t?e.stale=!0:a&&t?.mentions.includes(i)&&(r.mentionCount=Math.max(0,(r.mentionCount??0)-1)),r.lastMessage?.id===n.id&&(r.lastMessage=e.messages.findLast(o=>!o.deletedAt),!r.lastMessage&&e.from>1&&(e.stale=!0))}function er(e,t,n,i){e.chat.lastMessage?.id===n.id&&(e.chat={...e.chat,lastMessage:n});let[r,a]=[t?.mentions.includes(i),n.mentions.includes(i)];n.sender.id!==i&&n.seq>(e.chat.readSeq??0)&&r!==a&&(e.stale=!0)}function nr(e,t,n){if(t<=(e.chat.readSeq??0))return;if(e.chat={...e.chat,readSeq:t},t+1<e.from)return void(e.stale=!0);let i=e.messages.filter(r=>r.seq>t&&r.sender.id!==n&&!r.deletedAt);e.chat.unreadCount=i.length,e.chat.mentionCount=i.filter(r=>r.mentions.includes(n)).length}function ir(e,t,n,i){return e.map(r=>{let a=t?.reactions.find(({emoji:u})=>u===r.emoji),s=n.user.id===i&&n.emoji===r.emoji?n.type==="REACTION_ADDED":a?.me||r.userIds.includes(i),{me:d,...m}=r;return s?{...m,me:!0}:m})}var Je=class{id;#t;constructor(t,n){[this.#t,this.id]=[t,n]}get room(){return this.#t.room(this.id)}get object(){return this.room.chat}get name(){return this.object.name||(this.object.peer?.displayName??"")}get messages(){return this.room.messages}get pending(){let t=new Set(this.room.messages.map(({id:n})=>n));return this.#t.outbox.of(this.id).filter(({id:n})=>!t.has(n))}get typingUsers(){return[...this.room.typing.values()]}send(t){let n=typeof t=="string"?{content:t}:t;return this.#t.outbox.send(this.id,{...n,id:n.id??Ze()})}async older(t=50){let{from:n}=this.room;if(n<=1)return!1;let i=await this.#e("GET_CHAT_HISTORY",{before:n,limit:t});return Qi(this.room,i),this.#t.touch(this.id),this.room.from>1}message(t){return pe(this.room,t)}async members(){if(this.room.members)return this.room.members;let t=new Map;for(let n,i=!0;i||n;i=!1){let r=await this.#e("GET_MEMBERS",{limit:200,cursor:n});for(let a of r.members)t.set(a.user.id,a);n=r.nextCursor}return this.room.members=t,this.#t.touch(this.id),t}edit(t,n){return this.#e("EDIT_MESSAGE",{messageId:t,content:n})}delete(t,n){return this.#e("DELETE_MESSAGE",{messageId:t,reason:n})}react(t,n){return this.#e("ADD_REACTION",{messageId:t,emoji:n})}unreact(t,n){return this.#e("REMOVE_REACTION",{messageId:t,emoji:n})}read(t){return this.#e("MARK_READ",{seq:t})}async typing(t=!0){this.#t.status.phase==="online"&&await this.#e("SET_TYPING",{typing:t}).catch(()=>{})}leave(){return this.#e("LEAVE_CHAT",{})}async*incoming(){for await(let{chat:t,message:n}of this.#t.events("message"))t.id===this.id&&(yield n)}async stream(t={}){let{messageId:n}=await this.#e("START_STREAM",{message:t});return new ti(this,n,i=>this.#t.command(i))}#e(t,n){let i={type:t,chatId:this.id,...n};return this.#t.command(i)}},ti=class{id;#t;#e;constructor(t,n,i){[this.#t,this.id,this.#e]=[t,n,i]}async write(t){await this.#e({type:"APPEND_STREAM",chatId:this.#t.id,messageId:this.id,content:t})}async end(t){return(await this.#e({type:"END_STREAM",chatId:this.#t.id,messageId:this.id,content:t})).message}};var Ct=class extends Error{name="PichatError"},lt=class extends Ct{name="CommandError";code;command;field;retryAfterMs;constructor(t){super(`${t.code}: ${t.error}`),this.code=t.code,this.command=t.command,this.field=t.field,this.retryAfterMs=t.retryAfterMs}},Le=class extends Ct{name="ConnectionLost"},xt=class extends Ct{name="Closed";closeCode;constructor(t,n){super(t),this.closeCode=n}},wt=class extends xt{name="AuthenticationError";code;constructor(t,n,i){super(t,i),this.code=n}},Re=class extends Ct{name="TimedOut"};function Qe(e,t,n=Math.random){return n()*Math.min(e.maxMs,e.baseMs*2**Math.min(t,30))}function rr(e,t,n,i=Math.random){switch(e){case 4400:return{stop:"the server does not understand this client (4400)"};case 4403:return{stop:"this user may not connect (4403)"};case 4401:return{renew:!0};case 1012:return{retry:i()*Math.min(5e3,n.maxMs)};case 4429:return{retry:Math.min(1e4,n.maxMs)+Qe({...n,baseMs:1e4},t,i)};default:return{retry:Qe(n,t,i)}}}async function ar(e){return e||(globalThis.WebSocket?globalThis.WebSocket:(await import("ws")).default)}var Xe=class{ended;#t;#e;constructor(t,n){this.#t=t,this.ended=new Promise(i=>this.#e=i),t.onmessage=(i=>n(String(i.data))),t.onclose=(i=>this.#e({code:i.code,reason:i.reason})),t.onerror=(()=>{})}send(t){this.#t.readyState===1&&this.#t.send(t)}drop(t,n){let i=t===1e3;this.#e({code:t,reason:n}),this.#t.onmessage=null,!i&&this.#t.terminate?this.#t.terminate():this.#t.close(i?1e3:void 0)}};var Uo={baseMs:500,maxMs:3e4},Go=1e4,Wo=2e4,ei={code:4408,reason:"nothing was heard for too long"},tn=class{status={phase:"connecting"};#t;#e;#n;#i;#r;#o;#a=0;#c=!1;#l=!1;#s=()=>{};#u=new Set;#d;#h=3e4;#m=!1;#p=0;constructor(t,n,i){[this.#t,this.#e,this.#n]=[t,n,i],this.#i={...Uo,...t.backoff},this.#r=t.patienceMs??Go}start(){return new Promise((t,n)=>{let i=this.#n.status;this.#n.status=r=>{r.phase==="online"&&t(),r.phase==="closed"&&n(r.reason??new xt("the client was closed")),i(r)},this.#c||this.#g()})}wake(){this.#s(),this.status.phase==="online"&&this.#T()}close(){this.#l||(this.#l=!0,this.#o?.drop(1e3,"goodbye"),this.#s(),this.#c||this.#S({phase:"closed"}))}async#g(){this.#c=!0;let t;for(;!this.#l;){this.#S({phase:"connecting"});try{await this.#N(await this.#b())}catch(n){t=n;break}}this.#c=!1,this.#S({phase:"closed",reason:t})}async#b(){let t={},n=await ar(this.#t.WebSocket);if(this.#l)return 0;let i=new Xe(new n(this.#t.url,["pichat.v1"]),d=>this.#v(d,t));this.#o=i;let r=new Promise(d=>t.hello=d),a=this.#C(()=>i.drop(ei.code,"no CONNECTED in time"),this.#r),o=this.#f(i,r,a),s=await Promise.race([i.ended,o.then(()=>i.ended)]).catch(async d=>{throw i.drop(1e3,"giving up"),this.#I(),d});return o.catch(()=>{}),this.#I(),this.#l?0:this.#k(s)}async#f(t,n,i){let r=await n;this.#M(i),this.#h=r.heartbeatMs||this.#h,this.#n.requests.open(a=>t.send(a),r.limits);try{await this.#y(),await this.#n.catchUp()}catch(a){if(a instanceof xt)throw a;return a instanceof lt?t.drop(1013,a.message):void 0}this.#o!==t||this.#l||(this.#a=0,this.#S({phase:"online"}),this.#n.requests.ready(),this.#E())}async#y(){for(;;)if(await this.#e.alone(async()=>this.#w(await this.#e.next())))return}async#w(t){try{return await this.#n.requests.ask(t,{urgent:!0}),!0}catch(n){if(!(n instanceof lt)||this.#e.isPassing(n))throw n;return this.#e.refused(n),!1}}#k(t){let n=rr(t.code,this.#a++,this.#i);if("stop"in n)throw new xt(t.reason?`${n.stop}: ${t.reason}`:n.stop,t.code);return"retry"in n?n.retry:(this.#e.spent(t.reason||"the credentials are no longer good (4401)"),Qe(this.#i,this.#a))}#v(t,n){this.#x();let i=JSON.parse(t);if(i.type==="CONNECTED")return n.hello?.(i);i.type==="TOKEN_EXPIRING"&&Date.now()-this.#p>Wo&&this.#A(),i.type!=="ERROR"&&this.#n.hear(i);let r=this.#n.requests.answer(i);i.type==="ERROR"&&!r&&this.#n.problem(new lt(i))}#x(){clearTimeout(this.#d),this.#d=setTimeout(()=>this.#T(),this.#h)}#T(){let t=this.#o;this.#n.requests.ask({type:"PING"},{urgent:!0,timeoutMs:this.#r}).catch(i=>i.name==="TimedOut"&&t?.drop(ei.code,ei.reason))}#E(){let t=this.#e.renewIn();t!==void 0&&this.#C(()=>{this.#A()},Math.min(t,2**31-1))}async#A(){if(!this.#m){this.#m=!0,this.#p=Date.now();try{await this.#e.alone(async()=>{let t=await this.#e.renewal();t&&await this.#n.requests.ask(t,{urgent:!0})}),this.#E()}catch(t){t instanceof lt&&this.#n.problem(new wt(t.message,t.code))}finally{this.#m=!1}}}async#N(t){this.#l||(this.#S({phase:"waiting",retryAt:Date.now()+t}),await new Promise(n=>{let i=this.#C(n,t);this.#s=()=>{this.#M(i),n()}}),this.#s=()=>{})}#S(t){this.status=t,this.#n.status(t)}#I(){this.#o=void 0,clearTimeout(this.#d);for(let t of this.#u)clearTimeout(t);this.#u.clear(),this.#n.lost()}#C(t,n){let i=setTimeout(()=>{this.#u.delete(i),t()},n);return this.#u.add(i),i}#M(t){clearTimeout(t),this.#u.delete(t)}};var Vo=6e4,Ko=5e3,en=class{#t;#e;#n=0;#i=!1;#r=0;#o=!1;#a="token";constructor(t){this.#t=t,this.#e={...t.session?.load()}}alone(t){return this.#t.session?.exclusive?this.#t.session.exclusive(t):t()}async next(){switch(this.#l(),this.#a=this.#c(),this.#a){case"access":return{type:"AUTHENTICATE",token:this.#e.accessToken};case"refresh":return{type:"REFRESH_TOKEN",refreshToken:this.#e.refreshToken};case"token":return{type:"AUTHENTICATE",token:await this.#u()};case"login":return{type:"LOG_IN",...this.#s()};case"signUp":return this.#n++,{type:"SIGN_UP",...this.#t.signUp}}}async renewal(){return this.#l()?{type:"AUTHENTICATE",token:this.#e.accessToken}:this.#e.refreshToken?{type:"REFRESH_TOKEN",refreshToken:this.#e.refreshToken}:typeof this.#t.token=="function"?{type:"AUTHENTICATE",token:await this.#u()}:void 0}isPassing(t){return t.code==="RATE_LIMITED"?this.#o||this.#a!=="login"&&this.#a!=="signUp":t.code==="UNAVAILABLE"||t.code==="INTERNAL"}accepted(t){if(this.#o=!0,this.#r=0,this.#a==="signUp"&&(this.#i=!0),!t.accessToken)return;let{accessToken:n,accessTokenExpiresAt:i,refreshToken:r,refreshTokenExpiresAt:a}=t;this.#e={accessToken:n,accessTokenExpiresAt:i,refreshToken:r,refreshTokenExpiresAt:a},this.#t.session?.save(this.#e)}refused(t){this.#r++;let n=this.#a;if(n==="access")this.#e={...this.#e,accessToken:void 0};else if(n==="refresh")this.forget();else if(n==="signUp"&&t.code==="CONFLICT"&&this.#n>1)return void(this.#i=!0);let i=n==="token"&&typeof this.#t.token=="function"&&this.#r<3;if(t.code==="FORBIDDEN"||!(i||n==="access"||n==="refresh"))throw new wt(t.message,t.code)}spent(t){if(this.#e.accessToken||this.#e.refreshToken)this.#e={...this.#e,accessToken:void 0},this.#t.session?.save(this.#e);else if(typeof this.#t.token=="string"&&!this.#s())throw new wt(t,void 0,4401);if(++this.#r>3)throw new wt(t,void 0,4401)}forget(){this.#e={},this.#t.session?.save(void 0)}renewIn(t=Date.now()){let{accessTokenExpiresAt:n,refreshToken:i}=this.#e;if(!n||!i)return;let r=Date.parse(n)-t;return Math.max(0,r-Math.min(Vo,r/3))}#c(){let{accessToken:t,accessTokenExpiresAt:n,refreshToken:i}=this.#e,r=n?Date.parse(n)-Date.now():1/0;if(t&&(r>Ko||!i))return"access";if(i)return"refresh";if(this.#t.token!==void 0)return"token";if(this.#t.signUp&&!this.#i)return"signUp";if(this.#s())return"login";throw this.#t.session?new wt("the session has ended: log in again"):new wt("there is nothing to authenticate with: give token, login, signUp or session")}#l(){let t=this.#t.session?.load();return!t?.accessToken||t.accessToken===this.#e.accessToken||t.refreshToken===this.#e.refreshToken?!1:(this.#e={...t},!0)}#s(){let{login:t,signUp:n}=this.#t;return t??(n&&this.#i?{username:n.username,password:n.password}:void 0)}async#u(){let{token:t}=this.#t;return typeof t=="function"?t():t}};var nn=class{#t=new Map;#e=new Set;#n=!1;on(t,n){let i=this.#t.get(t)??new Set;return this.#t.set(t,i),i.add(n),()=>{i.delete(n)}}async once(t,n=()=>!0){for await(let i of this.events(t))if(n(i))return i;throw new Error(`the client was closed before ${String(t)}`)}events(t){let n=[],i=()=>{},r=this.#n,a=this.on(t,s=>{n.push(s),i()}),o=()=>{r=!0,a(),this.#e.delete(o),i()};return this.#e.add(o),{[Symbol.asyncIterator](){return this},async next(){for(;n.length===0&&!r;)await new Promise(s=>i=s);return n.length>0?{value:n.shift(),done:!1}:{value:void 0,done:!0}},async return(){return n.length=0,o(),{value:void 0,done:!0}}}}emit(t,n){for(let i of[...this.#t.get(t)??[]])try{i(n)}catch(r){queueMicrotask(()=>{throw r})}}endLoops(){this.#n=!0;for(let t of[...this.#e])t()}};var rn=class{#t;#e;#n;#i=new Map;#r=new Map;#o=new Set;constructor(t,n,i){[this.#t,this.#e,this.#n]=[t,n,i];for(let r of n?.load()??[])this.#i.set(r.id,r)}start(){for(let{chatId:t}of this.#i.values())this.#a(t)}of(t){return[...this.#i.values()].filter(n=>n.chatId===t)}send(t,n){let i={id:n.id,chatId:t,message:n,createdAt:new Date().toISOString()},r=new Promise((a,o)=>this.#r.set(i.id,{resolve:a,reject:o}));return this.#i.set(i.id,i),this.#e?.put(i),this.#n(t),this.#a(t),r}retry(t){let n=this.#i.get(t);n?.error&&(delete n.error,this.#n(n.chatId),this.#a(n.chatId))}drop(t){let n=this.#i.get(t);n?.error&&this.#l(n)}end(t){for(let n of this.#r.values())n.reject(t);this.#r.clear()}async#a(t){if(!this.#o.has(t)){this.#o.add(t);for(let n;(n=this.of(t).find(i=>!i.error))&&await this.#c(n););this.#o.delete(t)}}async#c(t){let n=this.#r.get(t.id);try{let i=await this.#t({type:"SEND_MESSAGE",chatId:t.chatId,message:t.message});return this.#l(t),n?.resolve(i.message),!0}catch(i){return i instanceof lt?(t.error=i,this.#r.delete(t.id),this.#e?.remove(t.id),this.#n(t.chatId),n?.reject(i),!0):!(i instanceof xt)}}#l(t){this.#i.delete(t.id),this.#r.delete(t.id),this.#e?.remove(t.id),this.#n(t.chatId)}};var Yo=/^(GET_|SEARCH_|SYNC$|PING$|HELP$)/,Zo=new Set(["MARK_READ","MARK_DELIVERED","ADD_REACTION","REMOVE_REACTION","JOIN_CHAT","LEAVE_CHAT","ADD_MEMBERS","REMOVE_MEMBERS","PIN_MESSAGE","UNPIN_MESSAGE","MUTE_CHAT","UPDATE_SETTINGS","SET_PRESENCE","AUTHENTICATE"]),Jo=8,Qo=250;function Xo(e){if(Yo.test(e.type)||Zo.has(e.type))return!0;let{id:t,message:n}=e;return e.type==="CREATE_CHAT"?t!==void 0:e.type==="SEND_MESSAGE"&&(t??n?.id)!==void 0}var or=e=>e.sort((t,n)=>Number(t.id)-Number(n.id)),an=class{#t;#e=!1;#n={frameBytes:4096,commandsPerSecond:0,commandBurst:0};#i=0;#r=0;#o;#a=0;#c;#l=[];#s=new Map;open(t,n){this.#t=t,this.#n=n,[this.#i,this.#r]=[n.commandBurst,Date.now()],this.#h()}ready(){this.#e=!0,this.#h()}lost(){this.#t=void 0,this.#e=!1,clearTimeout(this.#o),this.#o=void 0;let t=[...this.#s.values()];this.#s.clear();let n=t.filter(i=>i.repeatable&&!i.urgent);this.#l=or([...n,...this.#l.filter(i=>!i.urgent||this.#b(i))]);for(let i of t)n.includes(i)||this.#b(i)}end(t){this.#c=t,this.lost();for(let n of this.#l.splice(0))this.#f(n,()=>n.reject(t))}ask(t,n={}){return this.#c?Promise.reject(this.#c):new Promise((i,r)=>{let a=String(++this.#a),o={repeatable:Xo(t),...n,id:a,command:t,attempts:0,resolve:i,reject:r};n.timeoutMs!==void 0&&(o.timer=setTimeout(()=>this.#g(o),n.timeoutMs)),n.urgent?this.#l.unshift(o):this.#l.push(o),this.#h()})}answer(t){let n=this.#s.get(String(t.requestId));return n?(this.#s.delete(n.id),t.type!=="ERROR"?this.#f(n,()=>n.resolve(t)):this.#u(n,t.code)?this.#d(n,t.retryAfterMs??Qo*n.attempts):this.#f(n,()=>n.reject(new lt(t))),!0):!1}#u(t,n){return t.attempts>=Jo||t.urgent&&t.command.type!=="SYNC"?!1:n==="RATE_LIMITED"||n==="UNAVAILABLE"&&t.repeatable===!0}#d(t,n){this.#l=or([t,...this.#l]),clearTimeout(this.#o),this.#o=setTimeout(()=>{this.#o=void 0,this.#h()},n)}#h(){for(;this.#t&&!this.#o;){let t=this.#l.findIndex(n=>this.#e||n.urgent);if(t<0||!this.#m())return;this.#p(this.#l.splice(t,1)[0])}}#m(){let{commandsPerSecond:t,commandBurst:n}=this.#n;if(!t)return!0;let i=Date.now();return this.#i=Math.min(Math.max(n,1),this.#i+(i-this.#r)/1e3*t),this.#r=i,this.#i>=1?(this.#i--,!0):(this.#o=setTimeout(()=>{this.#o=void 0,this.#h()},Math.ceil((1-this.#i)/t*1e3)),!1)}#p(t){let n=JSON.stringify({...t.command,requestId:t.id}),i=this.#n.frameBytes;if(n.length*3>i&&new TextEncoder().encode(n).length>i){let r=`the command has more than ${i} bytes`;return this.#f(t,()=>t.reject(new lt({code:"TOO_LARGE",error:r,command:t.command.type})))}t.attempts++,this.#s.set(t.id,t),this.#t?.(n)}#g(t){this.#l=this.#l.filter(n=>n!==t),this.#s.delete(t.id),t.reject(new Re(`${t.command.type} was not answered within ${t.timeoutMs} ms`))}#b(t){return this.#f(t,()=>t.reject(new Le(`the connection ended before ${t.command.type} was answered`))),!1}#f(t,n){clearTimeout(t.timer),n()}};var ts=new Set(["NEW_CHAT","CHAT_UPDATED","MEMBERS_ADDED","MEMBERS_REMOVED","MEMBER_UPDATED","MEMBER_BANNED","MEMBER_UNBANNED","NEW_MESSAGE","MESSAGE_EDITED","MESSAGE_DELETED","REACTION_ADDED","REACTION_REMOVED","MESSAGE_PINNED","MESSAGE_UNPINNED"]);function sr(e){return(e.type==="NEW_CHAT"||e.type==="MEMBERS_ADDED"||e.type==="NEW_MESSAGE")&&e.chat!==void 0}var lr=500,on=class{#t;#e;#n=[];#i=new Set;#r=!1;#o=!0;#a=0;constructor(t,n){[this.#t,this.#e]=[t,n]}lost(){this.#a++,this.#n=[],this.#i.clear(),this.#r=!1}take(t){if(t.type==="LAGGED")return this.#c(t.chatId,t.toSeq);if(t.type==="CHAT_DELETED"&&(this.#n=this.#n.filter(({chatId:r})=>r!==t.chatId)),!ts.has(t.type)||t.duplicate)return this.#d(t);let n=t;if(this.#r||this.#i.has(n.chatId))return void this.#n.push(n);let i=this.#t.rooms.get(n.chatId);if(i?n.seq===i.position+1:sr(n))return this.#d(n);i&&n.seq<=i.position||(this.#n.push(n),this.#c(n.chatId,n.seq))}async catchUp(){this.#r=!0;let t=this.#a,n=[...this.#t.rooms.values()].map(({id:i,position:r})=>[i,r]);for(let i=0;i===0||i<n.length;i+=lr)await this.#l(Object.fromEntries(n.slice(i,i+lr)),t);t===this.#a&&(this.#r=this.#o=!1,this.#u())}#c(t,n){let i=this.#t.rooms.get(t);if(i&&n<=i.position||this.#r||this.#i.has(t))return;this.#i.add(t);let r=this.#a,a=()=>{r===this.#a&&(this.#i.delete(t),this.#u())};this.#l(i?{[t]:i.position}:{},r).then(a,()=>{})}async#l(t,n){for(let i=t,r=!0;r;){let a=await this.#e.sync(i);if(n!==this.#a)return;this.#s(a),i=Object.fromEntries(a.chats.filter(({more:o})=>o).map(({chatId:o,seq:s})=>[o,s])),r=Object.keys(i).length>0}}#s(t){t.removedChatIds.forEach(i=>this.#t.remove(i));for(let i of t.newChats.filter(({id:r})=>!this.#t.rooms.has(r)))this.#t.add(i),this.#o||this.#e.applied({type:"NEW_CHAT",chatId:i.id,seq:i.seq,chat:i});let n=t.chats.flatMap(i=>this.#t.applySynced(i));this.#e.caughtUp(n)}#u(){let t=this.#n;this.#n=[];for(let n of t)(this.#t.rooms.has(n.chatId)||sr(n))&&this.take(n)}#d(t){t.type==="NEW_MESSAGE"&&t.duplicate||this.#t.apply(t),this.#e.applied(t)}};var sn=class{me;settings={};rooms=new Map;users=new Map;touched=new Set;apply(t){let n=ns[t.type];n&&(n(this,t),this.touched.add("chatId"in t&&typeof t.chatId=="string"?t.chatId:""))}applySynced(t){let n=this.rooms.get(t.chatId);if(!n)return[];this.touched.add(n.id),t.reset&&this.rooms.set(n.id,Object.assign(n,Xn(t.chat??n.chat,0),{from:1,position:0}));let i=n.position;t.chat&&Ne(n,t.chat),t.members&&(n.members=new Map(t.members.map(r=>[r.user.id,r]))),t.members?.forEach(({user:r})=>this.know(r)),t.messages.forEach(r=>te(n,r));for(let{userId:r,readSeq:a,deliveredSeq:o}of t.marks)this.#t(n,r,{readSeq:a,deliveredSeq:o});return n.position=Math.max(n.position,t.seq),n.streams=new Map(t.streams.map(r=>[r.id,r])),n.stale||=t.messages.length>0&&!(t.chat&&!t.more),t.messages.filter(r=>r.seq>i).sort((r,a)=>r.seq-a.seq)}add(t,n){let i=this.rooms.get(t.id);if(i)return Ne(i,t),i;let r=Xn(t,n);return t.peer&&this.know(t.peer),this.rooms.set(t.id,r),this.touched.add(t.id),r}remove(t){this.rooms.delete(t)&&this.touched.add(t)}refresh(t){let n=this.rooms.get(t.id);return n?t.seq!==n.position?!1:(Ne(n,t),n.stale=!1,this.touched.add(t.id),!0):!0}know(t){this.users.set(t.id,{...this.users.get(t.id),...t})}#t(t,n,i){let r=t.members?.get(n);r&&i.readSeq&&(r.readSeq=Math.max(r.readSeq,i.readSeq)),r&&i.deliveredSeq&&(r.deliveredSeq=Math.max(r.deliveredSeq,i.deliveredSeq)),n===this.me?.id&&i.readSeq&&nr(t,i.readSeq,n)}mark(t,n,i){let r=this.rooms.get(t);r&&this.#t(r,n,i)}};function Nt(e,t){let n=e.rooms.get(t.chatId);if(n)return n.position=Math.max(n.position,t.seq),n.chat={...n.chat,seq:Math.max(n.chat.seq,t.seq)},n}function cr(e,t,n){let i=Nt(e,t);if(i){if(n.includes(e.me?.id??""))return e.remove(t.chatId);i.chat.memberCount-=n.length;for(let r of n)i.members?.delete(r),i.typing.delete(r)}}function ur(e,t){let n=Nt(e,t),i=n&&pe(n,t.messageId);if(!n||!i)return;let r=ir(t.reactions,i,t,e.me?.id??""),a={...i,reactions:r,updatedSeq:Math.max(i.updatedSeq,t.seq)};te(n,a),n.chat.lastMessage?.id===a.id&&(n.chat.lastMessage=a)}function dr(e,t){let n=Nt(e,t);n&&(n.chat.pinned=t.pinned)}function mr(e,t){e.know(t),t.id===e.me?.id&&(e.me={...e.me,...t});for(let n of e.rooms.values()){let i=n.members?.get(t.id);i&&(i.user={...i.user,...t}),n.chat.peer?.id===t.id&&(n.chat={...n.chat,peer:{...n.chat.peer,...t}}),(i||n.chat.peer?.id===t.id)&&e.touched.add(n.id)}}function es(e,t){mr(e,t);let{id:n,username:i,displayName:r,kind:a}=t;for(let o of e.rooms.values())o.messages=o.messages.map(s=>s.sender.id===n?{...s,sender:{...s.sender,id:n,username:i,displayName:r,kind:a}}:s)}var ns={AUTHENTICATED:(e,{user:t})=>{e.me=t,e.know(t)},USER:(e,{user:t})=>e.know(t),USER_UPDATED:(e,{user:t})=>es(e,t),SETTINGS:(e,{settings:t})=>{e.settings=t},NEW_CHAT:(e,{chat:t,seq:n,duplicate:i})=>{e.add(t,i?t.seq:n)},CHAT_UPDATED:(e,t)=>{let n=Nt(e,t);n&&Ne(n,t.chat)},CHAT_DELETED:(e,{chatId:t})=>e.remove(t),CHAT_MUTED:(e,{chatId:t,muted:n,until:i})=>{let r=e.rooms.get(t);r&&(r.chat={...r.chat,muted:n,mutedUntil:i})},MEMBERS_ADDED:(e,t)=>{t.members.forEach(({user:i})=>e.know(i)),t.chat&&e.add(t.chat,t.seq);let n=Nt(e,t);if(n){t.chat||(n.chat.memberCount+=t.members.length);for(let i of t.members)n.members?.set(i.user.id,i)}},MEMBERS_REMOVED:(e,t)=>cr(e,t,t.userIds),MEMBER_BANNED:(e,t)=>{cr(e,t,[t.userId]);let n=e.rooms.get(t.chatId);n&&(n.stale=!0)},MEMBER_UNBANNED:(e,t)=>{Nt(e,t)},MEMBER_UPDATED:(e,t)=>{let n=Nt(e,t),i=n?.members?.get(t.userId);i&&(i.role=t.role),n&&t.userId===e.me?.id&&(n.chat.myRole=t.role)},NEW_MESSAGE:(e,t)=>{let{message:n}=t,i=t.chat;i&&!e.rooms.has(i.id)&&e.add(i,t.seq-1);let r=Nt(e,t);r&&(r.streams.delete(n.id),r.typing.delete(n.sender.id),te(r,n),Xi(r,n,e.me?.id??""))},MESSAGE_EDITED:(e,t)=>{let n=Nt(e,t);if(!n)return;let i=pe(n,t.message.id);te(n,is(t.message,i)),er(n,i,t.message,e.me?.id??"")},MESSAGE_DELETED:(e,t)=>{let n=Nt(e,t);if(!n)return;let i=pe(n,t.messageId);te(n,t.message),tr(n,i,t.message,e.me?.id??"")},REACTION_ADDED:ur,REACTION_REMOVED:ur,MESSAGE_PINNED:dr,MESSAGE_UNPINNED:dr,MESSAGE_READ:(e,{chatId:t,userId:n,seq:i,readByAllSeq:r})=>{let a=e.rooms.get(t);a&&r&&(a.readByAllSeq=Math.max(a.readByAllSeq,r)),e.mark(t,n,{readSeq:i})},MESSAGE_DELIVERED:(e,{chatId:t,userId:n,seq:i})=>e.mark(t,n,{deliveredSeq:i}),TYPING:(e,{chatId:t,user:n,typing:i})=>{let r=e.rooms.get(t);i&&n.id!==e.me?.id?r?.typing.set(n.id,n):r?.typing.delete(n.id)},PRESENCE:(e,{user:t,status:n,lastSeenAt:i})=>mr(e,{...t,status:n,lastSeenAt:i}),STREAM_STARTED:(e,{chatId:t,message:n})=>{e.rooms.get(t)?.streams.set(n.id,n)},MESSAGE_CHUNK:(e,{chatId:t,messageId:n,content:i})=>{let r=e.rooms.get(t)?.streams,a=r?.get(n);a&&r?.set(n,{...a,content:a.content+i})}};function is(e,t){let n=new Set(t?.reactions.filter(r=>r.me).map(({emoji:r})=>r)),i=e.reactions.map(r=>n.has(r.emoji)?{...r,me:!0}:r);return{...e,reactions:i}}var rs=8,as=5,De=class extends nn{state=new sn;outbox;#t=new an;#e;#n;#i;#r=new Map;#o=!1;#a=!1;constructor(t){super(),this.#n=new en(t),this.outbox=new rn(n=>this.command(n),t.outbox,n=>this.touch(n)),this.#e=new on(this.state,{sync:n=>this.#t.ask({type:"SYNC",chats:n},{urgent:!0}),applied:n=>this.#c(n),caughtUp:n=>this.#l(n)}),this.#i=new tn(t,this.#n,{requests:this.#t,hear:n=>this.#e.take(n),catchUp:()=>this.#e.catchUp(),lost:()=>this.#p(),status:n=>this.#g(n),problem:n=>this.emit("problem",n)})}start(){return this.#i.start()}get status(){return this.#i.status}get me(){if(!this.state.me)throw new Ct("there has been no connection yet");return this.state.me}get chats(){return[...this.state.rooms.keys()].map(t=>this.#b(t))}chat(t){let n=this.state.rooms.get(t)??this.#f(t);if(!n)throw new Ct(`you are not in the chat ${t}; join it or have somebody add you`);return this.#b(n.id)}room(t){let n=this.state.rooms.get(t);if(!n)throw new Ct(`you are not in the chat ${t} any more`);return n}command(t,n){return this.#t.ask(t,n)}async join(t){let n=await this.command({type:"JOIN_CHAT",chatId:t});return this.state.rooms.has(n.chatId)||await this.#m(n.chatId),this.chat(n.chatId)}async create(t){let n=await this.command({type:"CREATE_CHAT",id:Ze(),...t});return this.chat(n.chatId)}async direct(t){let n={type:"CREATE_CHAT",kind:"direct",members:[t]},i=await this.command(n,{repeatable:!0});return this.chat(i.chatId)}async logOut(t=!1){await this.command({type:"LOG_OUT",everywhere:t}),this.#n.forget(),this.emit("session",void 0);let n=this.once("status",({phase:i})=>i==="closed");this.close(),await n}wake(){this.#i.wake()}close(){this.#i.close()}touch(t){this.state.touched.add(t),!this.#o&&(this.#o=!0,queueMicrotask(()=>{this.#o=!1;let n=new Set(this.state.touched);this.state.touched.clear(),this.emit("change",n)}))}#c(t){t.type==="AUTHENTICATED"&&(this.#n.accepted(t),this.emit("session",t)),this.touch(""),this.emit("frame",t),this.emit(t.type,t),t.type==="NEW_MESSAGE"&&!t.duplicate&&this.#s(t.message,!1),this.#u()}#l(t){this.touch("");for(let n of t)this.#s(n,!0);this.#u()}#s(t,n){this.state.rooms.has(t.chatId)&&this.emit("message",{chat:this.#b(t.chatId),message:t,missed:n})}async#u(){if(!this.#a){this.#a=!0;try{for(let t=0;t<as&&this.#d().length>0;t++){let n=this.#d();if(n.length>rs)await this.#h();else for(let{id:i}of n)await this.#m(i)}}catch{}finally{this.#a=!1}}}#d(){return[...this.state.rooms.values()].filter(t=>t.stale)}async#h(){for(let t,n=!0;n||t;n=!1){let i=await this.command({type:"GET_CHATS",limit:200,cursor:t});i.chats.forEach(r=>this.state.refresh(r)),t=i.nextCursor}this.touch("")}async#m(t){let{chat:n}=await this.command({type:"GET_CHAT",chatId:t});n.myRole&&!this.state.rooms.has(n.id)&&this.state.add(n),this.state.refresh(n),this.touch(t)}#p(){this.#t.lost(),this.#e.lost();for(let t of this.state.rooms.values())t.typing.clear(),t.streams.clear()}#g(t){if(t.phase==="online"&&(this.outbox.start(),this.#u()),t.phase==="closed"){let n=t.reason??new xt("the client was closed");this.#t.end(n),this.outbox.end(n)}this.emit("status",t),this.touch(""),t.phase==="closed"&&this.endLoops()}#b(t){let n=this.#r.get(t)??new Je(this,t);return this.#r.set(t,n),n}#f(t){let n=t.replace(/^#/,"").toLowerCase(),i=({chat:r})=>r.kind==="channel"&&r.name.toLowerCase()===n;return t.startsWith("#")?[...this.state.rooms.values()].find(i):void 0}};var pr={search:"M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4",plus:"M12 5v14M5 12h14",close:"M6 6l12 12M18 6L6 18",back:"M15 5l-7 7 7 7",down:"M12 5v14M6 13l6 6 6-6",send:"M4 12l16-8-6 16-3-7-7-1Z",clip:"M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.5 3.5 0 0 1 5 5l-8.500 8.500a2 2 0 0 1-3-3L14 7",reply:"M9 6L3 12l6 6M3 12h11a7 7 0 0 1 7 7",edit:"M4 20l1-4L16 5l3 3L8 19l-4 1ZM14 7l3 3",trash:"M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",pin:"M12 15v6M8 3h8l-1 7 3 4H6l3-4-1-7Z",smile:"M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 14q4 4 8 0M9 9.500v.1M15 9.500v.1",mail:"M3 6h18v12H3ZM3 7l9 6 9-6",at:"M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM16 12v1.500a2.500 2.500 0 0 0 5 0V12a9 9 0 1 0-4 7.500",hash:"M9 4L7 20M17 4l-2 16M4 9h17M3 15h17",people:"M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM2.500 20c0-4 3-6 6.500-6s6.500 2 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500c2.300.7 3.500 2.500 3.500 5.500",copy:"M9 9h11v11H9ZM5 15H4V4h11v1",ban:"M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM5.700 5.700l12.600 12.600",check:"M5 13l4.500 4.500L19 7",link:"M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.700-5.700l-1.500 1.500M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.700 5.700l1.500-1.500",gear:"M12 15.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM12 2.500v3M12 18.500v3M2.500 12h3M18.500 12h3M5.300 5.300l2.100 2.100M16.600 16.600l2.100 2.100M5.300 18.700l2.100-2.100M16.600 7.400l2.100-2.100",bell:"M6 10a6 6 0 0 1 12 0c0 5 2 6 2 7H4c0-1 2-2 2-7ZM10 20.500h4",muted:"M6.500 8A6 6 0 0 1 18 10c0 2 .3 3.300.7 4.300M17 17H4c0-1 2-2 2-7M10 20.500h4M3 3l18 18",clock:"M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5.500l3.500 2",user:"M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.500 21c0-4.500 3.500-6.500 7.500-6.500s7.500 2 7.500 6.500"},hr="http://www.w3.org/2000/svg";function Y(e){let t=document.createElementNS(hr,"svg");t.setAttribute("viewBox","0 0 24 24"),t.setAttribute("aria-hidden","true");let n=document.createElementNS(hr,"path");return n.setAttribute("d",pr[e]),t.append(n),t}var fr=e=>e in pr;var os=/[\u2066-\u2069]/g,ss=/\u2068([^\u2069]*)\u2069/g,L=e=>"⁨"+e.replace(os,"")+"⁩";function gr(e){let t=[],n=0;for(let i of e.matchAll(ss))i.index>n&&t.push({text:e.slice(n,i.index),isolated:!1}),t.push({text:i[1],isolated:!0}),n=i.index+i[0].length;return n<e.length&&t.push({text:e.slice(n),isolated:!1}),t}function Pe(e,t=90){let n=e.slice(0,t*8).replace(/\s+/g," ").trim(),i=[...n];return i.length>t?`${i.slice(0,t).join("")}…`:n}function br(e){let t=0;for(let n of e)t++;return t}var ct=e=>e.message.replace(/^[A-Z_]+: /,"");var ls=new Set(["value","checked","open","selected"]);function c(e,t={},...n){let[i,...r]=e.split("."),a=document.createElement(i);r.length&&a.classList.add(...r);for(let[o,s]of Object.entries(t))s===void 0||s===!1||s===null||(typeof s=="function"?a.addEventListener(o.slice(2),s):ls.has(o)?Object.assign(a,{[o]:s}):a.setAttribute(o,s===!0?"":String(s)));return a.append(...n.filter(o=>o!==!1&&o!==null&&o!==void 0)),a}var P=e=>c("bdi",{},e),J=e=>{let t=document.createDocumentFragment();return t.append(...gr(e).map(({text:n,isolated:i})=>i?P(n):n)),t};function Q(e,t,n,i={}){return c("button.icon",{type:"button",title:t,"aria-label":t,onclick:n,...i},fr(e)?Y(e):e)}function F(e,t,n=""){return c(n?`button.${n}`:"button",{type:"button",onclick:t},e)}var cs=0;function G(e,t={},n){let i=`field-${++cs}`,r=c("input",{id:i,type:"text",autocomplete:"off",dir:"auto","aria-describedby":n&&`${i}-hint`,...t}),a=n!==void 0&&c("small",{id:`${i}-hint`},n);return{element:c("div.field",{},c("label",{for:i},e),r,a),input:r}}function ee(e,t,n,i){let r=c("select",{onchange:()=>i(r.value)},...t.map(({value:a,label:o})=>c("option",{value:a},o)));return r.value=n,c("label.field",{},c("span",{},e),r)}function ni(e,t,n){let i=c("input",{type:"checkbox",checked:t,onchange:()=>n(i.checked)});return c("label.toggle",{},i,c("span",{},e))}var us=new Intl.PluralRules("ar"),ii=new Intl.NumberFormat("ar");function Ht(e,t){let n=us.select(e);return n==="one"||n==="two"?t[n]:`${ii.format(e)} ${n==="few"?t.few:n==="many"?t.many:t.other}`}var yr=e=>new Intl.ListFormat("ar").format(e),wr={one:"رسالة غير مقروءة",two:"رسالتان غير مقروءتين",few:"رسائل غير مقروءة",many:"رسالة غير مقروءة",other:"رسالة غير مقروءة"},ds={one:"إشارة غير مقروءة",two:"إشارتان غير مقروءتين",few:"إشارات غير مقروءة",many:"إشارة غير مقروءة",other:"إشارة غير مقروءة"},ms={one:"رسالة غير مرسلة",two:"رسالتان غير مرسلتين",few:"رسائل غير مرسلة",many:"رسالة غير مرسلة",other:"رسالة غير مرسلة"},hs={one:"عضو واحد",two:"عضوان",few:"أعضاء",many:"عضوًا",other:"عضو"},ps={one:"رسالة واحدة",two:"رسالتان",few:"رسائل",many:"رسالة",other:"رسالة"},fs={one:"شخص واحد",two:"شخصان",few:"أشخاص",many:"شخصًا",other:"شخص"},gs={one:"حرف واحد",two:"حرفان",few:"أحرف",many:"حرفًا",other:"حرف"},kr={close:"إغلاق",cancel:"إلغاء",save:"حفظ",saved:"تم الحفظ.",add:"إضافة",remove:"إزالة",delete:"حذف",edit:"تعديل",open:"فتح",join:"انضمام",create:"إنشاء",search:"بحث",loading:"جارٍ التحميل…",loadMore:"تحميل المزيد",tryAgain:"إعادة المحاولة",discard:"تجاهل",nothingFound:"لا توجد نتائج.",name:"الاسم",nameOptional:"الاسم (اختياري)",username:"اسم المستخدم",someone:"شخص ما",you:"أنت",today:"اليوم",yesterday:"أمس",says:(e,t)=>`${e}: ${t}`,status:{online:"متصل",away:"بعيد",offline:"غير متصل"},roles:{owner:"مالك",admin:"مشرف",member:"عضو"},logInTabs:{logIn:"تسجيل الدخول",signUp:"إنشاء حساب",token:"استخدام رمز"},logInButtons:{logIn:"تسجيل الدخول",signUp:"إنشاء الحساب",token:"متابعة"},usernameOrEmail:"اسم المستخدم أو البريد الإلكتروني",password:"كلمة المرور",usernameRules:"من 3 إلى 32 من الأحرف اللاتينية أو الأرقام أو النقاط أو الشرطات",passwordRules:"8 أحرف على الأقل",displayNameOptional:"الاسم الظاهر (اختياري)",displayNameHint:"الاسم الذي يراه الآخرون",tokenLabel:"رمز API أو JWT",tokenHint:"للبوتات وللخدمات التي تسجّل دخول المستخدمين",show:"إظهار",hide:"إخفاء",showPassword:e=>`إظهار: ${e}`,connecting:"جارٍ الاتصال…",offline:"أنت غير متصل.",retryingIn:e=>`إعادة المحاولة بعد ${ii.format(e)} ث.`,tryNow:"المحاولة الآن",connectionEnded:"أغلق الخادم الاتصال.",reload:"إعادة التحميل",chats:"المحادثات",filterChats:"تصفية المحادثات",goToChat:"الانتقال إلى محادثة",newChat:"محادثة جديدة",startAChat:"بدء محادثة",noChatsYet:"ليست لديك محادثات بعد.",noChatOfThatName:"لا توجد محادثة بهذا الاسم.",noMessagesYet:"لا توجد رسائل بعد",muted:"مكتومة",unread:"غير مقروءة",unreadCount:e=>Ht(e,wr),mentionCount:e=>Ht(e,ds),unsent:e=>Ht(e,ms),members:e=>Ht(e,hs),lastSeen:e=>`آخر ظهور ${e}`,archived:"مؤرشفة",backToChats:"العودة إلى المحادثات",aboutThisChat:"عن هذه المحادثة",chooseAChat:"اختر محادثة",chooseAChatHint:"اختر واحدة من القائمة أو ابدأ محادثة جديدة.",notAMember:e=>`لست عضوًا في ${e}.`,joinChannel:"الانضمام إلى القناة",chatNotFound:"المحادثة غير موجودة",chatNotFoundHint:"ربما حُذفت، أو هي خاصة ولست عضوًا فيها.",cannotOpenChat:"تعذّر فتح هذه المحادثة",newChatTabs:{direct:"رسالة مباشرة",group:"مجموعة",channel:"قناة",browse:"تصفح القنوات"},newChatHints:{direct:"لا يقرؤها إلا أنتما.",group:"خاصة: الانضمام بالدعوة.",channel:"عامة: يمكن للجميع العثور عليها وقراءتها والانضمام إليها."},channelName:"اسم القناة",descriptionOptional:"الوصف (اختياري)",membersOptional:"الأعضاء (اختياري)",openChat:"فتح المحادثة",channels:"القنوات",findChannel:"البحث عن قناة",noChannelOfThatName:"لا توجد قناة بهذا الاسم.",description:"الوصف",membersHeading:"الأعضاء",addMembers:"إضافة أعضاء",editChat:"تعديل الاسم والوصف",pinnedMessages:"الرسائل المثبتة",writeTo:e=>`مراسلة ${e}`,roleOf:e=>`دور ${e}`,ban:"حظر",banMember:e=>`حظر ${e}`,banMemberTitle:"حظر هذا العضو؟",banMemberText:(e,t)=>`سيُزال ${e} من ${t} ولن يتمكن من الانضمام مجددًا.`,archive:"أرشفة",archiveTitle:"أرشفة هذه المحادثة؟",archiveText:e=>`تصبح ${e} للقراءة فقط وتختفي من القائمة، ويمكن استعادتها من الإعدادات.`,restore:"استعادة",removeMember:e=>`إزالة ${e}`,removeMemberTitle:"إزالة هذا العضو؟",removeMemberText:(e,t)=>`لن يبقى ${e} عضوًا في ${t}.`,mute:"كتم",unmute:"إلغاء الكتم",leave:"مغادرة",leaveTitle:"مغادرة هذه المحادثة؟",leaveText:e=>`لن تصلك رسائل من ${e} بعد الآن.`,deleteChat:"حذف المحادثة",deleteChatTitle:"حذف هذه المحادثة؟",deleteChatText:e=>`ستُحذف ${e} وجميع رسائلها لدى الجميع. لا يمكن التراجع عن ذلك.`,profile:{title:"الملف الشخصي",status:"الحالة",lastSeen:"آخر ظهور",role:"الدور",since:"تاريخ الانضمام",write:"إرسال رسالة"},serverRoles:{member:"عضو",moderator:"مراقب",admin:"مدير"},searchMessages:"البحث في الرسائل",searchInThisChat:"البحث في هذه المحادثة",searchIn:e=>`البحث في ${e}`,searchAllChats:"البحث في كل المحادثات",searching:"جارٍ البحث…",results:"النتائج",found:e=>`النتائج: ${Ht(e,ps)}`,inChat:e=>`في ${e}`,inAnotherChat:"في محادثة أخرى",mentions:"الإشارات إليك",noMentions:"لم يُشر إليك أحد بعد.",messages:"الرسائل",message:"رسالة",messageLabel:(e,t)=>`${e}، ${t}`,beginning:"هذه بداية المحادثة.",newMessages:"رسائل جديدة",jumpToNewest:"الانتقال إلى أحدث رسالة",jumpToNewestUnread:e=>`الانتقال إلى أحدث رسالة، ${Ht(e,wr)}`,backToReply:"العودة إلى الرد",bot:"بوت",pinned:"مثبتة",edited:"معدّلة",sent:"أُرسلت",readByAll:"قرأها الجميع",waitingToBeSent:"بانتظار الإرسال",messageDeleted:"حُذفت هذه الرسالة.",messageNotFound:"تعذّر العثور على هذه الرسالة.",earlierMessage:"رسالة سابقة",inReplyTo:e=>`رد على ${e}`,attachment:"مرفق",reaction:(e,t)=>`${e}، ${Ht(t,fs)}`,others:e=>`${ii.format(e)} آخرون`,stop:"إيقاف",code:"شيفرة",table:"جدول",copy:"نسخ",copied:"تم النسخ",copyFailed:"لم يسمح المتصفح بالنسخ.",typing:(e,t)=>t===1?`${e} يكتب…`:`${e} يكتبون…`,notices:{joined:e=>`انضم ${e}`,left:e=>`غادر ${e}`,added:(e,t)=>`أضاف ${e} ${yr(t)}`,removed:(e,t)=>`أزال ${e} ${yr(t)}`,banned:(e,t)=>`حظر ${e} ${t}`,role:(e,t,n)=>`غيّر ${e} دور ${t} إلى ${n}`,renamed:(e,t)=>`غيّر ${e} اسم المحادثة إلى ${t}`,changed:e=>`غيّر ${e} الوصف`,archived:e=>`أرشف ${e} المحادثة`,pinned:e=>`ثبّت ${e} رسالة`,unpinned:e=>`ألغى ${e} تثبيت رسالة`},notificationTitle:(e,t)=>`${e} في ${t}`,messageActions:"إجراءات الرسالة",reactWith:e=>`التفاعل بـ ${e}`,addReaction:"إضافة تفاعل",reply:"رد",copyText:"نسخ النص",textCopied:"نُسخ النص.",copyLink:"نسخ الرابط",linkCopied:"نُسخ الرابط.",pin:"تثبيت",unpin:"إلغاء التثبيت",deleteMessageTitle:"حذف هذه الرسالة؟",deleteOwnMessageText:"ستُحذف لدى الجميع.",deleteMessageText:e=>`ستُحذف رسالة ${e} لدى الجميع.`,messageWasDeleted:"حُذفت الرسالة.",messageTo:e=>`رسالة إلى ${e}`,chatIsArchived:"هذه المحادثة مؤرشفة",send:"إرسال",attach:"إرفاق",attachLink:"إرفاق رابط",fileAddress:"عنوان الملف",insertEmoji:"إدراج رمز تعبيري",editingMessage:"تعديل رسالتك",replyingTo:e=>`الرد على ${e}`,characters:(e,t)=>`${e} من ${t} حرفًا`,tooLong:e=>`النص أطول من الحد: ${Ht(e,gs)}`,chooseEmoji:"اختر رمزًا تعبيريًا",searchEmoji:"البحث (بالإنجليزية)",emojiGroups:{title:"المجموعات",recent:"الأخيرة",smileys:"وجوه",people:"أشخاص",animals:"حيوانات وطبيعة",food:"طعام وشراب",travel:"سفر وأماكن",activities:"أنشطة",objects:"أشياء",symbols:"رموز",flags:"أعلام"},settings:"الإعدادات",displayName:"الاسم الظاهر",emailOptional:"البريد الإلكتروني (اختياري)",appearance:"المظهر",themes:{system:"النظام",light:"فاتح",dark:"داكن"},density:"الكثافة",densities:{comfortable:"مريحة",compact:"مضغوطة"},language:"اللغة",browserLanguage:"المتصفح",showMeAs:"حالتي الظاهرة",desktopNotifications:"إشعارات سطح المكتب",notificationsBlocked:"يحظر المتصفح الإشعارات من هذه الصفحة.",sound:"تشغيل صوت عند وصول رسائل جديدة",changePassword:"تغيير كلمة المرور",currentPassword:"كلمة المرور الحالية",newPassword:"كلمة المرور الجديدة",passwordChanged:"تغيّرت كلمة المرور وسُجّل الخروج من الجلسات الأخرى.",sessions:"الجلسات",unnamedDevice:"جهاز بلا اسم",thisDevice:"هذا الجهاز",lastUsed:e=>`آخر استخدام ${e}`,neverUsed:"لم يُستخدم",tokens:"رموز API",tokenName:"اسم الرمز",botUsernameOptional:"اسم مستخدم البوت (اختياري)",botUsernameHint:"ينشئ بوتًا يعود إليه الرمز",createToken:"إنشاء رمز",secretOnce:"انسخ الرمز الآن، فلن يظهر مرة أخرى.",revoke:"إبطال",revokeTitle:"إبطال هذا الرمز؟",revokeText:e=>`ستنقطع البرامج التي تستخدم ${e}.`,archivedChats:"المحادثات المؤرشفة",noArchivedChats:"ليست لديك محادثات مؤرشفة.",moderation:{title:"الإشراف",stats:{connections:"الاتصالات",users:"المستخدمون",chats:"المحادثات",messages:"الرسائل"},users:"المستخدمون",findUser:"البحث عن مستخدم",log:"سجل التدقيق",ban:"حظر",unban:"رفع الحظر",banTitle:"حظر هذا المستخدم؟",banText:e=>`سيُقطع اتصال ${e} ولن يتمكن من تسجيل الدخول حتى يُرفع الحظر.`,banned:e=>`حُظر ${e}.`,unbanned:e=>`رُفع الحظر عن ${e}.`,disconnect:"قطع الاتصال",disconnected:e=>`قُطع اتصال ${e}.`},account:"الحساب",downloadMyData:"تنزيل بياناتي",deleteAccount:"حذف الحساب",deleteAccountText:"يُحذف حسابك نهائيًا، وتبقى رسائلك دون اسمك.",accountDeleted:"حُذف حسابك.",protocolReference:"مرجع البروتوكول",logOut:"تسجيل الخروج",logOutEverywhere:"تسجيل الخروج من كل الأجهزة",keyboardShortcuts:"اختصارات لوحة المفاتيح",shortcuts:[["Ctrl K","الانتقال إلى محادثة"],["Alt ↑","المحادثة السابقة"],["Alt ↓","المحادثة التالية"],["↑","تعديل آخر رسالة لك (والحقل فارغ)"],["Shift Enter","سطر جديد"],["Esc","إلغاء أو إغلاق أو العودة إلى حقل الكتابة"],["Ctrl /","إظهار هذه المساعدة"]]};var bs=new Intl.PluralRules("en"),ys=new Intl.NumberFormat("en"),zt=(e,t,n)=>`${ys.format(e)} ${bs.select(e)==="one"?t:n}`,vr=e=>new Intl.ListFormat("en").format(e),xr={close:"Close",cancel:"Cancel",save:"Save",saved:"Saved.",add:"Add",remove:"Remove",delete:"Delete",edit:"Edit",open:"Open",join:"Join",create:"Create",search:"Search",loading:"Loading…",loadMore:"Load more",tryAgain:"Try again",discard:"Discard",nothingFound:"Nothing found.",name:"Name",nameOptional:"Name (optional)",username:"Username",someone:"Someone",you:"You",today:"Today",yesterday:"Yesterday",says:(e,t)=>`${e}: ${t}`,status:{online:"online",away:"away",offline:"offline"},roles:{owner:"owner",admin:"admin",member:"member"},logInTabs:{logIn:"Log in",signUp:"Sign up",token:"Use a token"},logInButtons:{logIn:"Log in",signUp:"Create account",token:"Continue"},usernameOrEmail:"Username or email",password:"Password",usernameRules:"3 to 32 letters, digits, dots, hyphens or underscores",passwordRules:"At least 8 characters",displayNameOptional:"Display name (optional)",displayNameHint:"The name other people see",tokenLabel:"API token or JWT",tokenHint:"For bots and for services that sign people in",show:"Show",hide:"Hide",showPassword:e=>`Show: ${e.toLowerCase()}`,connecting:"Connecting…",offline:"You are offline.",retryingIn:e=>`Retrying in ${e} s.`,tryNow:"Try now",connectionEnded:"The server closed the connection.",reload:"Reload",chats:"Chats",filterChats:"Filter chats",goToChat:"Go to chat",newChat:"New chat",startAChat:"Start a chat",noChatsYet:"You have no chats yet.",noChatOfThatName:"No chat has that name.",noMessagesYet:"No messages yet",muted:"Muted",unread:"Unread",unreadCount:e=>zt(e,"unread message","unread messages"),mentionCount:e=>zt(e,"unread mention","unread mentions"),unsent:e=>zt(e,"unsent message","unsent messages"),members:e=>zt(e,"member","members"),lastSeen:e=>`last seen ${e}`,archived:"archived",backToChats:"Back to chats",aboutThisChat:"About this chat",chooseAChat:"Choose a chat",chooseAChatHint:"Pick one from the list, or start a new one.",notAMember:e=>`You are not a member of ${e}.`,joinChannel:"Join channel",chatNotFound:"Chat not found",chatNotFoundHint:"It may have been deleted, or it may be private and you are not a member.",cannotOpenChat:"This chat could not be opened",newChatTabs:{direct:"Direct message",group:"Group",channel:"Channel",browse:"Browse channels"},newChatHints:{direct:"Only the two of you can read it.",group:"Private: people join by invitation.",channel:"Public: anyone can find, read and join it."},channelName:"Channel name",descriptionOptional:"Description (optional)",membersOptional:"Members (optional)",openChat:"Open chat",channels:"Channels",findChannel:"Find a channel",noChannelOfThatName:"No channel has that name.",description:"Description",membersHeading:"Members",addMembers:"Add members",editChat:"Edit name and description",pinnedMessages:"Pinned messages",writeTo:e=>`Message ${e}`,roleOf:e=>`Role of ${e}`,ban:"Ban",banMember:e=>`Ban ${e}`,banMemberTitle:"Ban this member?",banMemberText:(e,t)=>`${e} will be removed from ${t} and cannot join again.`,archive:"Archive",archiveTitle:"Archive this chat?",archiveText:e=>`${e} becomes read-only and leaves the list. It can be restored in the settings.`,restore:"Restore",removeMember:e=>`Remove ${e}`,removeMemberTitle:"Remove this member?",removeMemberText:(e,t)=>`${e} will no longer be a member of ${t}.`,mute:"Mute",unmute:"Unmute",leave:"Leave",leaveTitle:"Leave this chat?",leaveText:e=>`You will no longer receive messages from ${e}.`,deleteChat:"Delete chat",deleteChatTitle:"Delete this chat?",deleteChatText:e=>`${e} and all its messages will be deleted for everyone. This cannot be undone.`,profile:{title:"Profile",status:"Status",lastSeen:"Last seen",role:"Role",since:"Joined",write:"Send a message"},serverRoles:{member:"Member",moderator:"Moderator",admin:"Administrator"},searchMessages:"Search messages",searchInThisChat:"Search this chat",searchIn:e=>`Search ${e}`,searchAllChats:"Search all chats",searching:"Searching…",results:"Results",found:e=>zt(e,"message found","messages found"),inChat:e=>`in ${e}`,inAnotherChat:"in another chat",mentions:"Mentions",noMentions:"Nobody has mentioned you yet.",messages:"Messages",message:"Message",messageLabel:(e,t)=>`${e}, ${t}`,beginning:"This is the beginning of the conversation.",newMessages:"New messages",jumpToNewest:"Jump to the newest message",jumpToNewestUnread:e=>`Jump to the newest message, ${zt(e,"unread message","unread messages")}`,backToReply:"Back to the reply",bot:"bot",pinned:"Pinned",edited:"edited",sent:"Sent",readByAll:"Read by everyone",waitingToBeSent:"Waiting to be sent",messageDeleted:"This message was deleted.",messageNotFound:"This message cannot be found.",earlierMessage:"An earlier message",inReplyTo:e=>`In reply to ${e}`,attachment:"Attachment",reaction:(e,t)=>`${e}, ${zt(t,"person","people")}`,others:e=>zt(e,"other","others"),stop:"Stop",code:"Code",table:"Table",copy:"Copy",copied:"Copied",copyFailed:"The browser did not allow copying.",typing:(e,t)=>`${e} ${t===1?"is":"are"} typing…`,notices:{joined:e=>`${e} joined`,left:e=>`${e} left`,added:(e,t)=>`${e} added ${vr(t)}`,removed:(e,t)=>`${e} removed ${vr(t)}`,banned:(e,t)=>`${e} banned ${t}`,role:(e,t,n)=>`${e} made ${t} ${n==="member"?"a":"an"} ${n}`,renamed:(e,t)=>`${e} renamed the chat to ${t}`,changed:e=>`${e} changed the description`,archived:e=>`${e} archived the chat`,pinned:e=>`${e} pinned a message`,unpinned:e=>`${e} unpinned a message`},notificationTitle:(e,t)=>`${e} in ${t}`,messageActions:"Message actions",reactWith:e=>`React with ${e}`,addReaction:"Add reaction",reply:"Reply",copyText:"Copy text",textCopied:"Text copied.",copyLink:"Copy link",linkCopied:"Link copied.",pin:"Pin",unpin:"Unpin",deleteMessageTitle:"Delete this message?",deleteOwnMessageText:"It will be deleted for everyone.",deleteMessageText:e=>`This message from ${e} will be deleted for everyone.`,messageWasDeleted:"Message deleted.",messageTo:e=>`Message ${e}`,chatIsArchived:"This chat is archived",send:"Send",attach:"Attach",attachLink:"Attach a link",fileAddress:"Address of the file",insertEmoji:"Insert emoji",editingMessage:"Editing your message",replyingTo:e=>`Replying to ${e}`,characters:(e,t)=>`${e} of ${t} characters`,tooLong:e=>`${zt(e,"character","characters")} too many`,chooseEmoji:"Choose an emoji",searchEmoji:"Search emoji",emojiGroups:{title:"Groups",recent:"Recent",smileys:"Smileys",people:"People",animals:"Animals and nature",food:"Food and drink",travel:"Travel and places",activities:"Activities",objects:"Objects",symbols:"Symbols",flags:"Flags"},settings:"Settings",displayName:"Display name",emailOptional:"Email (optional)",appearance:"Appearance",themes:{system:"System",light:"Light",dark:"Dark"},density:"Density",densities:{comfortable:"Comfortable",compact:"Compact"},language:"Language",browserLanguage:"Browser",showMeAs:"Show me as",desktopNotifications:"Desktop notifications",notificationsBlocked:"The browser blocks notifications for this page.",sound:"Play a sound for new messages",changePassword:"Change password",currentPassword:"Current password",newPassword:"New password",passwordChanged:"Password changed. Other sessions were logged out.",sessions:"Sessions",unnamedDevice:"Unnamed device",thisDevice:"This device",lastUsed:e=>`last used ${e}`,neverUsed:"never used",tokens:"API tokens",tokenName:"Token name",botUsernameOptional:"Bot username (optional)",botUsernameHint:"Creates a bot that the token belongs to",createToken:"Create token",secretOnce:"Copy this token now. It is not shown again.",revoke:"Revoke",revokeTitle:"Revoke this token?",revokeText:e=>`Programs that use ${e} will be disconnected.`,archivedChats:"Archived chats",noArchivedChats:"You have no archived chats.",moderation:{title:"Moderation",stats:{connections:"Connections",users:"Users",chats:"Chats",messages:"Messages"},users:"Users",findUser:"Find a user",log:"Audit log",ban:"Ban",unban:"Lift ban",banTitle:"Ban this user?",banText:e=>`${e} will be disconnected and cannot log in until the ban is lifted.`,banned:e=>`${e} was banned.`,unbanned:e=>`The ban of ${e} was lifted.`,disconnect:"Disconnect",disconnected:e=>`${e} was disconnected.`},account:"Account",downloadMyData:"Download my data",deleteAccount:"Delete account",deleteAccountText:"Your account is deleted for good. Your messages stay, without your name.",accountDeleted:"Your account was deleted.",protocolReference:"Protocol reference",logOut:"Log out",logOutEverywhere:"Log out everywhere",keyboardShortcuts:"Keyboard shortcuts",shortcuts:[["Ctrl K","Go to a chat"],["Alt ↑","Previous chat"],["Alt ↓","Next chat"],["↑","Edit your last message (in an empty composer)"],["Shift Enter","New line"],["Esc","Cancel, close, or return to the composer"],["Ctrl /","Show this help"]]};var ws=new Intl.PluralRules("de"),Sr=new Intl.NumberFormat("de"),$t=(e,t,n)=>`${Sr.format(e)} ${ws.select(e)==="one"?t:n}`,Er=e=>new Intl.ListFormat("de").format(e),Cr={close:"Schließen",cancel:"Abbrechen",save:"Speichern",saved:"Gespeichert.",add:"Hinzufügen",remove:"Entfernen",delete:"Löschen",edit:"Bearbeiten",open:"Öffnen",join:"Beitreten",create:"Erstellen",search:"Suchen",loading:"Wird geladen …",loadMore:"Mehr laden",tryAgain:"Erneut versuchen",discard:"Verwerfen",nothingFound:"Nichts gefunden.",name:"Name",nameOptional:"Name (optional)",username:"Benutzername",someone:"Jemand",you:"Du",today:"Heute",yesterday:"Gestern",says:(e,t)=>`${e}: ${t}`,status:{online:"online",away:"abwesend",offline:"offline"},roles:{owner:"Inhaber",admin:"Admin",member:"Mitglied"},logInTabs:{logIn:"Anmelden",signUp:"Registrieren",token:"Mit Token"},logInButtons:{logIn:"Anmelden",signUp:"Konto erstellen",token:"Weiter"},usernameOrEmail:"Benutzername oder E-Mail",password:"Passwort",usernameRules:"3 bis 32 Buchstaben, Ziffern, Punkte, Binde- oder Unterstriche",passwordRules:"Mindestens 8 Zeichen",displayNameOptional:"Anzeigename (optional)",displayNameHint:"So sehen dich andere",tokenLabel:"API-Token oder JWT",tokenHint:"Für Bots und für Dienste, die Menschen anmelden",show:"Zeigen",hide:"Verbergen",showPassword:e=>`Anzeigen: ${e}`,connecting:"Verbindung wird aufgebaut …",offline:"Du bist offline.",retryingIn:e=>`Neuer Versuch in ${e} s.`,tryNow:"Jetzt versuchen",connectionEnded:"Der Server hat die Verbindung beendet.",reload:"Neu laden",chats:"Chats",filterChats:"Chats filtern",goToChat:"Zu einem Chat wechseln",newChat:"Neuer Chat",startAChat:"Chat beginnen",noChatsYet:"Du hast noch keine Chats.",noChatOfThatName:"Kein Chat heißt so.",noMessagesYet:"Noch keine Nachrichten",muted:"Stumm",unread:"Ungelesen",unreadCount:e=>$t(e,"ungelesene Nachricht","ungelesene Nachrichten"),mentionCount:e=>$t(e,"ungelesene Erwähnung","ungelesene Erwähnungen"),unsent:e=>$t(e,"nicht gesendete Nachricht","nicht gesendete Nachrichten"),members:e=>$t(e,"Mitglied","Mitglieder"),lastSeen:e=>`zuletzt online: ${e}`,archived:"archiviert",backToChats:"Zurück zu den Chats",aboutThisChat:"Über diesen Chat",chooseAChat:"Wähle einen Chat",chooseAChatHint:"Nimm einen aus der Liste oder beginne einen neuen.",notAMember:e=>`Du bist kein Mitglied von ${e}.`,joinChannel:"Kanal beitreten",chatNotFound:"Chat nicht gefunden",chatNotFoundHint:"Er wurde vielleicht gelöscht, oder er ist privat und du bist kein Mitglied.",cannotOpenChat:"Dieser Chat lässt sich nicht öffnen",newChatTabs:{direct:"Direktnachricht",group:"Gruppe",channel:"Kanal",browse:"Kanäle finden"},newChatHints:{direct:"Nur ihr beide könnt mitlesen.",group:"Privat: Mitglieder kommen auf Einladung dazu.",channel:"Öffentlich: Alle können ihn finden, lesen und beitreten."},channelName:"Name des Kanals",descriptionOptional:"Beschreibung (optional)",membersOptional:"Mitglieder (optional)",openChat:"Chat öffnen",channels:"Kanäle",findChannel:"Kanal suchen",noChannelOfThatName:"Kein Kanal heißt so.",description:"Beschreibung",membersHeading:"Mitglieder",addMembers:"Mitglieder hinzufügen",editChat:"Name und Beschreibung bearbeiten",pinnedMessages:"Angeheftete Nachrichten",writeTo:e=>`Nachricht an ${e}`,roleOf:e=>`Rolle von ${e}`,ban:"Sperren",banMember:e=>`${e} sperren`,banMemberTitle:"Mitglied sperren?",banMemberText:(e,t)=>`${e} wird aus ${t} entfernt und kann nicht wieder beitreten.`,archive:"Archivieren",archiveTitle:"Chat archivieren?",archiveText:e=>`${e} lässt sich dann nur noch lesen und verschwindet aus der Liste. In den Einstellungen kann er wiederhergestellt werden.`,restore:"Wiederherstellen",removeMember:e=>`${e} entfernen`,removeMemberTitle:"Mitglied entfernen?",removeMemberText:(e,t)=>`${e} ist dann kein Mitglied von ${t} mehr.`,mute:"Stummschalten",unmute:"Stummschaltung aufheben",leave:"Verlassen",leaveTitle:"Chat verlassen?",leaveText:e=>`Du erhältst keine Nachrichten aus ${e} mehr.`,deleteChat:"Chat löschen",deleteChatTitle:"Chat löschen?",deleteChatText:e=>`${e} und alle Nachrichten darin werden für alle gelöscht. Das lässt sich nicht rückgängig machen.`,profile:{title:"Profil",status:"Status",lastSeen:"Zuletzt online",role:"Rolle",since:"Dabei seit",write:"Nachricht schreiben"},serverRoles:{member:"Mitglied",moderator:"Moderation",admin:"Administration"},searchMessages:"Nachrichten suchen",searchInThisChat:"In diesem Chat suchen",searchIn:e=>`In ${e} suchen`,searchAllChats:"In allen Chats suchen",searching:"Suche läuft …",results:"Ergebnisse",found:e=>`${$t(e,"Nachricht","Nachrichten")} gefunden`,inChat:e=>`in ${e}`,inAnotherChat:"in einem anderen Chat",mentions:"Erwähnungen",noMentions:"Bisher hat dich niemand erwähnt.",messages:"Nachrichten",message:"Nachricht",messageLabel:(e,t)=>`${e}, ${t}`,beginning:"Hier beginnt die Unterhaltung.",newMessages:"Neue Nachrichten",jumpToNewest:"Zur neuesten Nachricht",jumpToNewestUnread:e=>`Zur neuesten Nachricht, ${$t(e,"ungelesene Nachricht","ungelesene Nachrichten")}`,backToReply:"Zurück zur Antwort",bot:"Bot",pinned:"Angeheftet",edited:"bearbeitet",sent:"Gesendet",readByAll:"Von allen gelesen",waitingToBeSent:"Wartet aufs Senden",messageDeleted:"Diese Nachricht wurde gelöscht.",messageNotFound:"Diese Nachricht ist nicht zu finden.",earlierMessage:"Eine frühere Nachricht",inReplyTo:e=>`Antwort auf ${e}`,attachment:"Anhang",reaction:(e,t)=>`${e}, ${$t(t,"Person","Personen")}`,others:e=>`${Sr.format(e)} weitere`,stop:"Anhalten",code:"Code",table:"Tabelle",copy:"Kopieren",copied:"Kopiert",copyFailed:"Der Browser hat das Kopieren nicht erlaubt.",typing:(e,t)=>`${e} ${t===1?"schreibt":"schreiben"} …`,notices:{joined:e=>`${e} ist beigetreten`,left:e=>`${e} hat den Chat verlassen`,added:(e,t)=>`${e} hat ${Er(t)} hinzugefügt`,removed:(e,t)=>`${e} hat ${Er(t)} entfernt`,banned:(e,t)=>`${e} hat ${t} gesperrt`,role:(e,t,n)=>`${e} hat die Rolle von ${t} geändert: ${n}`,renamed:(e,t)=>`${e} hat den Chat in ${t} umbenannt`,changed:e=>`${e} hat die Beschreibung geändert`,archived:e=>`${e} hat den Chat archiviert`,pinned:e=>`${e} hat eine Nachricht angeheftet`,unpinned:e=>`${e} hat eine Nachricht gelöst`},notificationTitle:(e,t)=>`${e} in ${t}`,messageActions:"Aktionen",reactWith:e=>`Mit ${e} reagieren`,addReaction:"Reagieren",reply:"Antworten",copyText:"Text kopieren",textCopied:"Text kopiert.",copyLink:"Link kopieren",linkCopied:"Link kopiert.",pin:"Anheften",unpin:"Lösen",deleteMessageTitle:"Nachricht löschen?",deleteOwnMessageText:"Sie wird für alle gelöscht.",deleteMessageText:e=>`Diese Nachricht von ${e} wird für alle gelöscht.`,messageWasDeleted:"Nachricht gelöscht.",messageTo:e=>`Nachricht an ${e}`,chatIsArchived:"Dieser Chat ist archiviert",send:"Senden",attach:"Anhängen",attachLink:"Link anhängen",fileAddress:"Adresse der Datei",insertEmoji:"Emoji einfügen",editingMessage:"Nachricht wird bearbeitet",replyingTo:e=>`Antwort an ${e}`,characters:(e,t)=>`${e} von ${t} Zeichen`,tooLong:e=>`${$t(e,"Zeichen","Zeichen")} zu viel`,chooseEmoji:"Emoji wählen",searchEmoji:"Emoji suchen (englisch)",emojiGroups:{title:"Gruppen",recent:"Zuletzt verwendet",smileys:"Smileys",people:"Menschen",animals:"Tiere und Natur",food:"Essen und Trinken",travel:"Reisen und Orte",activities:"Aktivitäten",objects:"Gegenstände",symbols:"Symbole",flags:"Flaggen"},settings:"Einstellungen",displayName:"Anzeigename",emailOptional:"E-Mail (optional)",appearance:"Darstellung",themes:{system:"System",light:"Hell",dark:"Dunkel"},density:"Dichte",densities:{comfortable:"Normal",compact:"Kompakt"},language:"Sprache",browserLanguage:"Browser",showMeAs:"Mich anzeigen als",desktopNotifications:"Desktop-Benachrichtigungen",notificationsBlocked:"Der Browser blockiert Benachrichtigungen für diese Seite.",sound:"Ton bei neuen Nachrichten",changePassword:"Passwort ändern",currentPassword:"Aktuelles Passwort",newPassword:"Neues Passwort",passwordChanged:"Passwort geändert. Andere Sitzungen wurden abgemeldet.",sessions:"Sitzungen",unnamedDevice:"Gerät ohne Namen",thisDevice:"Dieses Gerät",lastUsed:e=>`zuletzt verwendet: ${e}`,neverUsed:"nie verwendet",tokens:"API-Tokens",tokenName:"Name des Tokens",botUsernameOptional:"Benutzername des Bots (optional)",botUsernameHint:"Erstellt einen Bot, dem der Token gehört",createToken:"Token erstellen",secretOnce:"Kopiere den Token jetzt. Er wird nicht noch einmal angezeigt.",revoke:"Widerrufen",revokeTitle:"Token widerrufen?",revokeText:e=>`Programme, die ${e} verwenden, werden getrennt.`,archivedChats:"Archivierte Chats",noArchivedChats:"Du hast keine archivierten Chats.",moderation:{title:"Moderation",stats:{connections:"Verbindungen",users:"Benutzer",chats:"Chats",messages:"Nachrichten"},users:"Benutzer",findUser:"Benutzer suchen",log:"Protokoll",ban:"Sperren",unban:"Sperre aufheben",banTitle:"Benutzer sperren?",banText:e=>`${e} wird getrennt und kann sich nicht anmelden, bis die Sperre aufgehoben ist.`,banned:e=>`${e} wurde gesperrt.`,unbanned:e=>`Die Sperre von ${e} wurde aufgehoben.`,disconnect:"Trennen",disconnected:e=>`${e} wurde getrennt.`},account:"Konto",downloadMyData:"Meine Daten herunterladen",deleteAccount:"Konto löschen",deleteAccountText:"Dein Konto wird endgültig gelöscht. Deine Nachrichten bleiben ohne deinen Namen erhalten.",accountDeleted:"Dein Konto wurde gelöscht.",protocolReference:"Protokollreferenz",logOut:"Abmelden",logOutEverywhere:"Überall abmelden",keyboardShortcuts:"Tastenkürzel",shortcuts:[["Strg K","Zu einem Chat wechseln"],["Alt ↑","Vorheriger Chat"],["Alt ↓","Nächster Chat"],["↑","Letzte eigene Nachricht bearbeiten (bei leerem Eingabefeld)"],["Umschalt Enter","Neue Zeile"],["Esc","Abbrechen, schließen oder zurück zum Eingabefeld"],["Strg /","Diese Hilfe zeigen"]]};var ri="pichat.session",ln="pichat.outbox.",ai="pichat.draft.",Tr="pichat.theme",Mr="pichat.density",Ar="pichat.language",Ir="pichat.notifications",Nr="pichat.sound",Lr="pichat.emoji";function _t(e){try{return JSON.parse(localStorage.getItem(e)??"null")??void 0}catch{return}}function Tt(e,t){try{t===void 0?localStorage.removeItem(e):localStorage.setItem(e,JSON.stringify(t))}catch{}}var oi=e=>Object.keys(localStorage).filter(t=>t.startsWith(e)),ie={load:()=>_t(ri),save:e=>Tt(ri,e),async exclusive(e){return navigator.locks?navigator.locks.request(ri,e):e()}},Rr={load:()=>oi(ln).flatMap(e=>_t(e)??[]).sort((e,t)=>e.createdAt.localeCompare(t.createdAt)),put:e=>Tt(ln+e.id,e),remove:e=>Tt(ln+e,void 0)},fe={get:e=>_t(ai+e)??"",set:(e,t)=>Tt(ai+e,t||void 0)};function Dr(){ie.save(void 0);for(let e of[...oi(ln),...oi(ai)])Tt(e,void 0)}var ks=["system","light","dark"],Pr=e=>ks.includes(String(e)),jt={get:()=>_t(Tr)??"system",set(e){Tt(Tr,e),jt.apply()},apply(){document.documentElement.dataset.theme=jt.get()}},ne={get:()=>_t(Mr)??"comfortable",set(e){Tt(Mr,e),ne.apply()},apply(){document.documentElement.dataset.density=ne.get()}},Oe={get:()=>_t(Ar),set:e=>Tt(Ar,e)},Ut={enabled:()=>_t(Ir)??!1,enable:e=>Tt(Ir,e||void 0),sound:()=>_t(Nr)??!1,setSound:e=>Tt(Nr,e||void 0)},vs=24,Gt={get:()=>_t(Lr)??[],add:e=>Tt(Lr,[e,...Gt.get().filter(t=>t!==e)].slice(0,vs))};var si={en:{strings:xr,direction:"ltr"},de:{strings:Cr,direction:"ltr"},ar:{strings:kr,direction:"rtl"}},xs=e=>e!==void 0&&e in si,Or=e=>e.split("-")[0];function Es(){return[Oe.get(),...navigator.languages.map(Or)].find(xs)??"en"}var ze=Es(),l=si[ze].strings,Mt=navigator.languages.find(e=>Or(e)===ze)??ze;function zr(){document.documentElement.lang=ze,document.documentElement.dir=si[ze].direction}var Ss={};function li(e,t){let n=t||Ss,i=typeof n.includeImageAlt=="boolean"?n.includeImageAlt:!0,r=typeof n.includeHtml=="boolean"?n.includeHtml:!0;return jr(e,i,r)}function jr(e,t,n){if(Cs(e)){if("value"in e)return e.type==="html"&&!n?"":e.value;if(t&&"alt"in e&&e.alt)return e.alt;if("children"in e)return _r(e.children,t,n)}return Array.isArray(e)?_r(e,t,n):""}function _r(e,t,n){let i=[],r=-1;for(;++r<e.length;)i[r]=jr(e[r],t,n);return i.join("")}function Cs(e){return!!(e&&typeof e=="object")}var Br=document.createElement("i");function ge(e){let t="&"+e+";";Br.innerHTML=t;let n=Br.textContent;return n.charCodeAt(n.length-1)===59&&e!=="semi"||n===t?!1:n}function ot(e,t,n,i){let r=e.length,a=0,o;if(t<0?t=-t>r?0:r+t:t=t>r?r:t,n=n>0?n:0,i.length<1e4)o=Array.from(i),o.unshift(t,n),e.splice(...o);else for(n&&e.splice(t,n);a<i.length;)o=i.slice(a,a+1e4),o.unshift(t,0),e.splice(...o),a+=1e4,t+=1e4}function mt(e,t){return e.length>0?(ot(e,e.length,0,t),e):t}var Fr={}.hasOwnProperty;function qr(e){let t={},n=-1;for(;++n<e.length;)Ts(t,e[n]);return t}function Ts(e,t){let n;for(n in t){let r=(Fr.call(e,n)?e[n]:void 0)||(e[n]={}),a=t[n],o;if(a)for(o in a){Fr.call(r,o)||(r[o]=[]);let s=a[o];Ms(r[o],Array.isArray(s)?s:s?[s]:[])}}}function Ms(e,t){let n=-1,i=[];for(;++n<t.length;)(t[n].add==="after"?e:i).push(t[n]);ot(e,0,0,i)}function cn(e,t){let n=Number.parseInt(e,t);return n<9||n===11||n>13&&n<32||n>126&&n<160||n>55295&&n<57344||n>64975&&n<65008||(n&65535)===65535||(n&65535)===65534||n>1114111?"�":String.fromCodePoint(n)}function Bt(e){return e.replace(/[\t\n\r ]+/g," ").replace(/^ | $/g,"").toLowerCase().toUpperCase()}var rt=Vt(/[A-Za-z]/),at=Vt(/[\dA-Za-z]/),Hr=Vt(/[#-'*+\--9=?A-Z^-~]/);function re(e){return e!==null&&(e<32||e===127)}var _e=Vt(/\d/),$r=Vt(/[\dA-Fa-f]/),Ur=Vt(/[!-/:-@[-`{-~]/);function T(e){return e!==null&&e<-2}function $(e){return e!==null&&(e<0||e===32)}function N(e){return e===-2||e===-1||e===32}var Wt=Vt(/\p{P}|\p{S}/u),Lt=Vt(/\s/);function Vt(e){return t;function t(n){return n!==null&&n>-1&&e.test(String.fromCharCode(n))}}function D(e,t,n,i){let r=i?i-1:1/0,a=0;return o;function o(d){return N(d)?(e.enter(n),s(d)):t(d)}function s(d){return N(d)&&a++<r?(e.consume(d),s):(e.exit(n),t(d))}}function ci(e,t,n,i,r,a){let o=0;return s;function s(u){return a>0&&N(u)?(e.enter(i),d(u)):m(u)}function d(u){return N(u)&&o<a?(e.consume(u),o++,d):(e.exit(i),m(u))}function m(u){return o>=r?t(u):n(u)}}var Gr={tokenize:As};function As(e){let t=e.attempt(this.parser.constructs.contentInitial,i,r),n;return t;function i(s){if(s===null){e.consume(s);return}return e.enter("lineEnding"),e.consume(s),e.exit("lineEnding"),D(e,t,"linePrefix")}function r(s){return e.enter("paragraph"),a(s)}function a(s){let d=e.enter("chunkText",{contentType:"text",previous:n});return n&&(n.next=d),n=d,o(s)}function o(s){if(s===null){e.exit("chunkText"),e.exit("paragraph"),e.consume(s);return}return T(s)?(e.consume(s),e.exit("chunkText"),a):(e.consume(s),o)}}var Ft=class{constructor(){this.index=new Map,this.map=[]}add(t,n,i){Wr(this,t,n,i,!1)}addBefore(t,n,i){Wr(this,t,n,i,!0)}consume(t){if(this.map.sort(function(a,o){return a[0]-o[0]}),this.map.length===0)return;let n=this.map.length,i=[];for(;n>0;)n-=1,i.push(t.slice(this.map[n][0]+this.map[n][1]),this.map[n][2]),t.length=this.map[n][0];i.push(t.slice()),t.length=0;let r=i.pop();for(;r;){for(let a of r)t.push(a);r=i.pop()}this.map.length=0,this.index.clear()}};function Wr(e,t,n,i,r){if(n===0&&i.length===0)return;let a=e.index.get(t);if(a){a[1]+=n,r?(i.push(...a[2]),a[2]=i):a[2].push(...i);return}let o=[t,n,i];e.map.push(o),e.index.set(t,o)}var Kr={tokenize:Is},Vr={tokenize:Ns};function Is(e){let t=this,n=[],i=0,r,a,o;return s;function s(C){if(i<n.length){let R=n[i];return t.containerState=R[1],e.attempt(R[0].continuation,d,m)(C)}return m(C)}function d(C){if(i++,t.containerState._closeFlow){t.containerState._closeFlow=void 0,r&&O();let R=t.events.length,q=R,k;for(;q--;)if(t.events[q][0]==="exit"&&t.events[q][1].type==="chunkFlow"){k=t.events[q][1].end;break}v(i);let _=R;for(;_<t.events.length;)t.events[_][1].end={...k},_++;let W=new Ft;return W.add(q+1,0,t.events.slice(R)),W.add(R,_-R,[]),W.consume(t.events),m(C)}return s(C)}function m(C){if(i===n.length){if(!r)return f(C);if(r.currentConstruct&&r.currentConstruct.concrete)return x(C);t.interrupt=!!(r.currentConstruct&&!r._gfmTableDynamicInterruptHack)}return t.containerState={},e.check(Vr,u,h)(C)}function u(C){return r&&O(),v(i),f(C)}function h(C){return t.parser.lazy[t.now().line]=i!==n.length,o=t.now().offset,x(C)}function f(C){return t.containerState={},e.attempt(Vr,p,x)(C)}function p(C){return i++,n.push([t.currentConstruct,t.containerState]),f(C)}function x(C){if(C===null){r&&O(),v(0),e.consume(C);return}return r=r||t.parser.flow(t.now()),e.enter("chunkFlow",{_tokenizer:r,contentType:"flow",previous:a}),A(C)}function A(C){if(C===null){S(e.exit("chunkFlow"),!0),v(0),e.consume(C);return}return T(C)?(e.consume(C),S(e.exit("chunkFlow")),i=0,t.interrupt=void 0,s):(e.consume(C),A)}function S(C,R){let q=t.sliceStream(C);if(R&&q.push(null),C.previous=a,a&&(a.next=C),a=C,r.defineSkip(C.start),r.write(q),t.parser.lazy[C.start.line]){let k=r.events.length;for(;k--;)if(r.events[k][1].start.offset<o&&(!r.events[k][1].end||r.events[k][1].end.offset>o))return;let _=t.events.length,W=_,tt,y;for(;W--;)if(t.events[W][0]==="exit"&&t.events[W][1].type==="chunkFlow"){if(tt){y=t.events[W][1].end;break}tt=!0}for(v(i),k=_;k<t.events.length;)t.events[k][1].end={...y},k++;let U=new Ft;U.add(W+1,0,t.events.slice(_)),U.add(_,k-_,[]),U.consume(t.events)}}function v(C){let R=n.length;for(;R-- >C;){let q=n[R];t.containerState=q[1],q[0].exit.call(t,e)}n.length=C}function O(){r.write([null]),a=void 0,r=void 0,t.containerState._closeFlow=void 0}}function Ns(e,t,n){return D(e,e.attempt(this.parser.constructs.document,t,n),"linePrefix",this.parser.constructs.disable.null.includes("codeIndented")?void 0:4)}function be(e){if(e===null||$(e)||Lt(e))return 1;if(Wt(e))return 2}function Kt(e,t,n){let i=[],r=-1;for(;++r<e.length;){let a=e[r].resolveAll;a&&!i.includes(a)&&(t=a(t,n),i.push(a))}return t}var je={name:"attention",resolveAll:Ls,tokenize:Rs};function Ls(e,t){let n=-1,i;for(;++n<e.length;)if(e[n][0]==="enter"&&e[n][1].type==="attentionSequence"&&e[n][1]._close){let r=n;for(;r--;)if(e[r][0]==="exit"&&e[r][1].type==="attentionSequence"&&e[r][1]._open&&t.sliceSerialize(e[r][1]).charCodeAt(0)===t.sliceSerialize(e[n][1]).charCodeAt(0)){if((e[r][1]._close||e[n][1]._open)&&(e[n][1].end.offset-e[n][1].start.offset)%3&&!((e[r][1].end.offset-e[r][1].start.offset+e[n][1].end.offset-e[n][1].start.offset)%3))continue;let a=e[r][1].end.offset-e[r][1].start.offset>1&&e[n][1].end.offset-e[n][1].start.offset>1?2:1,o={...e[r][1].end},s={...e[n][1].start};Yr(o,-a),Yr(s,a);let d={type:a>1?"strongSequence":"emphasisSequence",start:o,end:{...e[r][1].end}},m={type:a>1?"strongSequence":"emphasisSequence",start:{...e[n][1].start},end:s},u={type:a>1?"strongText":"emphasisText",start:{...e[r][1].end},end:{...e[n][1].start}},h={type:a>1?"strong":"emphasis",start:{...d.start},end:{...m.end}};e[r][1].end={...d.start},e[n][1].start={...m.end},i=[],e[r][1].end.offset-e[r][1].start.offset&&(i=mt(i,[["enter",e[r][1],t],["exit",e[r][1],t]])),i=mt(i,[["enter",h,t],["enter",d,t],["exit",d,t],["enter",u,t]]),i=mt(i,Kt(t.parser.constructs.insideSpan.null,e.slice(r+1,n),t)),i=mt(i,[["exit",u,t],["enter",m,t],["exit",m,t],["exit",h,t]]);let f=0;e[n][1].end.offset-e[n][1].start.offset&&(f=2,i=mt(i,[["enter",e[n][1],t],["exit",e[n][1],t]])),ot(e,r-1,n-r+3,i),n=r+i.length-f-2;break}}for(n=-1;++n<e.length;)e[n][1].type==="attentionSequence"&&(e[n][1].type="data");return e}function Rs(e,t){let n=this.parser.constructs.attentionMarkers.null,i=this.previous,r=be(i),a;return o;function o(d){return a=d,e.enter("attentionSequence"),s(d)}function s(d){if(d===a)return e.consume(d),s;let m=e.exit("attentionSequence"),u=be(d),h=!u||u===2&&r||n.includes(d)&&d!==42&&d!==95,f=!r||r===2&&u||n.includes(i)&&i!==42&&i!==95;return m._open=!!(a===42?h:h&&(r||!f)),m._close=!!(a===42?f:f&&(u||!h)),t(d)}}function Yr(e,t){e.column+=t,e.offset+=t,e._bufferIndex+=t}var ui={name:"autolink",tokenize:Ds};function Ds(e,t,n){let i=0;return r;function r(p){return e.enter("autolink"),e.enter("autolinkMarker"),e.consume(p),e.exit("autolinkMarker"),e.enter("autolinkProtocol"),a}function a(p){return rt(p)?(e.consume(p),o):p===64?n(p):m(p)}function o(p){return p===43||p===45||p===46||at(p)?(i=1,s(p)):m(p)}function s(p){return p===58?(e.consume(p),i=0,d):(p===43||p===45||p===46||at(p))&&i++<32?(e.consume(p),s):(i=0,m(p))}function d(p){return p===62?(e.exit("autolinkProtocol"),e.enter("autolinkMarker"),e.consume(p),e.exit("autolinkMarker"),e.exit("autolink"),t):p===null||p===32||p===60||re(p)?n(p):(e.consume(p),d)}function m(p){return p===64?(e.consume(p),u):Hr(p)?(e.consume(p),m):n(p)}function u(p){return at(p)?h(p):n(p)}function h(p){return p===46?(e.consume(p),i=0,u):p===62?(e.exit("autolinkProtocol").type="autolinkEmail",e.enter("autolinkMarker"),e.consume(p),e.exit("autolinkMarker"),e.exit("autolink"),t):f(p)}function f(p){if((p===45||at(p))&&i++<63){let x=p===45?f:h;return e.consume(p),x}return n(p)}}var Yt={partial:!0,tokenize:Ps};function Ps(e,t,n){return i;function i(a){return N(a)?D(e,r,"linePrefix")(a):r(a)}function r(a){return a===null||T(a)?t(a):n(a)}}var un={continuation:{tokenize:zs},exit:_s,name:"blockQuote",tokenize:Os};function Os(e,t,n){let i=this;return r;function r(o){if(o===62){let s=i.containerState;return s.open||(e.enter("blockQuote",{_container:!0}),s.open=!0),e.enter("blockQuotePrefix"),e.enter("blockQuoteMarker"),e.consume(o),e.exit("blockQuoteMarker"),a}return n(o)}function a(o){return N(o)?(e.enter("blockQuotePrefixWhitespace"),e.consume(o),e.exit("blockQuotePrefixWhitespace"),e.exit("blockQuotePrefix"),t):(e.exit("blockQuotePrefix"),t(o))}}function zs(e,t,n){let i=this;return r;function r(o){return N(o)?D(e,a,"linePrefix",i.parser.constructs.disable.null.includes("codeIndented")?void 0:4)(o):a(o)}function a(o){return e.attempt(un,t,n)(o)}}function _s(e){e.exit("blockQuote")}var dn={name:"characterEscape",tokenize:js};function js(e,t,n){return i;function i(a){return e.enter("characterEscape"),e.enter("escapeMarker"),e.consume(a),e.exit("escapeMarker"),r}function r(a){return Ur(a)?(e.enter("characterEscapeValue"),e.consume(a),e.exit("characterEscapeValue"),e.exit("characterEscape"),t):n(a)}}var mn={name:"characterReference",tokenize:Bs};function Bs(e,t,n){let i=this,r=0,a,o;return s;function s(h){return e.enter("characterReference"),e.enter("characterReferenceMarker"),e.consume(h),e.exit("characterReferenceMarker"),d}function d(h){return h===35?(e.enter("characterReferenceMarkerNumeric"),e.consume(h),e.exit("characterReferenceMarkerNumeric"),m):(e.enter("characterReferenceValue"),a=31,o=at,u(h))}function m(h){return h===88||h===120?(e.enter("characterReferenceMarkerHexadecimal"),e.consume(h),e.exit("characterReferenceMarkerHexadecimal"),e.enter("characterReferenceValue"),a=6,o=$r,u):(e.enter("characterReferenceValue"),a=7,o=_e,u(h))}function u(h){if(h===59&&r){let f=e.exit("characterReferenceValue");return o===at&&!ge(i.sliceSerialize(f))?n(h):(e.enter("characterReferenceMarker"),e.consume(h),e.exit("characterReferenceMarker"),e.exit("characterReference"),t)}return o(h)&&r++<a?(e.consume(h),u):n(h)}}var Be={partial:!0,tokenize:Fs};function Fs(e,t,n){let i=this;return r;function r(o){return o===null?n(o):(e.enter("lineEnding"),e.consume(o),e.exit("lineEnding"),a)}function a(o){return i.parser.lazy[i.now().line]?n(o):t(o)}}var hn={concrete:!0,name:"codeFenced",tokenize:qs};function qs(e,t,n){let i=this,r={partial:!0,tokenize:q},a=0,o=0,s;return d;function d(k){return m(k)}function m(k){let _=i.events[i.events.length-1];return a=_&&_[1].type==="linePrefix"?_[2].sliceSerialize(_[1],!0).length:0,s=k,e.enter("codeFenced"),e.enter("codeFencedFence"),e.enter("codeFencedFenceSequence"),u(k)}function u(k){return k===s?(o++,e.consume(k),u):o<3?n(k):(e.exit("codeFencedFenceSequence"),N(k)?D(e,h,"whitespace")(k):h(k))}function h(k){return k===null||T(k)?(e.exit("codeFencedFence"),i.interrupt?t(k):e.check(Be,A,R)(k)):(e.enter("codeFencedFenceInfo"),e.enter("chunkString",{contentType:"string"}),f(k))}function f(k){return k===null||T(k)?(e.exit("chunkString"),e.exit("codeFencedFenceInfo"),h(k)):N(k)?(e.exit("chunkString"),e.exit("codeFencedFenceInfo"),D(e,p,"whitespace")(k)):k===96&&k===s?n(k):(e.consume(k),f)}function p(k){return k===null||T(k)?h(k):(e.enter("codeFencedFenceMeta"),e.enter("chunkString",{contentType:"string"}),x(k))}function x(k){return k===null||T(k)?(e.exit("chunkString"),e.exit("codeFencedFenceMeta"),h(k)):k===96&&k===s?n(k):(e.consume(k),x)}function A(k){return e.attempt(r,R,S)(k)}function S(k){return e.enter("lineEnding"),e.consume(k),e.exit("lineEnding"),v}function v(k){return a>0&&N(k)?D(e,O,"linePrefix",a+1)(k):O(k)}function O(k){return k===null||T(k)?e.check(Be,A,R)(k):(e.enter("codeFlowValue"),C(k))}function C(k){return k===null||T(k)?(e.exit("codeFlowValue"),O(k)):(e.consume(k),C)}function R(k){return e.exit("codeFenced"),t(k)}function q(k,_,W){let tt=0;return y;function y(B){return k.enter("lineEnding"),k.consume(B),k.exit("lineEnding"),U}function U(B){return k.enter("codeFencedFence"),N(B)?D(k,V,"linePrefix",i.parser.constructs.disable.null.includes("codeIndented")?void 0:4)(B):V(B)}function V(B){return B===s?(k.enter("codeFencedFenceSequence"),M(B)):W(B)}function M(B){return B===s?(tt++,k.consume(B),M):tt>=o?(k.exit("codeFencedFenceSequence"),N(B)?D(k,H,"whitespace")(B):H(B)):W(B)}function H(B){return B===null||T(B)?(k.exit("codeFencedFence"),_(B)):W(B)}}}var Fe={name:"codeIndented",tokenize:$s},Hs={partial:!0,tokenize:Us};function $s(e,t,n){return i;function i(s){return e.enter("codeIndented"),ci(e,r,n,"linePrefix",4,4)(s)}function r(s){return s===null?o(s):T(s)?e.attempt(Hs,r,o)(s):(e.enter("codeFlowValue"),a(s))}function a(s){return s===null||T(s)?(e.exit("codeFlowValue"),r(s)):(e.consume(s),a)}function o(s){return e.exit("codeIndented"),t(s)}}function Us(e,t,n){let i=this;return r;function r(o){return i.parser.lazy[i.now().line]?n(o):T(o)?(e.enter("lineEnding"),e.consume(o),e.exit("lineEnding"),r):ci(e,t,a,"linePrefix",4,4)(o)}function a(o){return T(o)?r(o):n(o)}}var di={name:"codeText",previous:Ws,resolve:Gs,tokenize:Vs};function Gs(e){let t=e.length-4,n=3,i,r;if((e[n][1].type==="lineEnding"||e[n][1].type==="space")&&(e[t][1].type==="lineEnding"||e[t][1].type==="space")){for(i=n;++i<t;)if(e[i][1].type==="codeTextData"){e[n][1].type="codeTextPadding",e[t][1].type="codeTextPadding",n+=2,t-=2;break}}for(i=n-1,t++;++i<=t;)r===void 0?i!==t&&e[i][1].type!=="lineEnding"&&(r=i):(i===t||e[i][1].type==="lineEnding")&&(e[r][1].type="codeTextData",i!==r+2&&(e[r][1].end=e[i-1][1].end,e.splice(r+2,i-r-2),t-=i-r-2,i=r+2),r=void 0);return e}function Ws(e){return e!==96||this.events[this.events.length-1][1].type==="characterEscape"}function Vs(e,t,n){let i=this,r=0,a,o;return s;function s(f){return e.enter("codeText"),e.enter("codeTextSequence"),d(f)}function d(f){return f===96?(e.consume(f),r++,d):(e.exit("codeTextSequence"),m(f))}function m(f){return f===null?n(f):f===32?(e.enter("space"),e.consume(f),e.exit("space"),m):f===96?(o=e.enter("codeTextSequence"),a=0,h(f)):T(f)?(e.enter("lineEnding"),e.consume(f),e.exit("lineEnding"),m):(e.enter("codeTextData"),u(f))}function u(f){return f===null||f===32||f===96||T(f)?(e.exit("codeTextData"),m(f)):(e.consume(f),u)}function h(f){return f===96?(e.consume(f),a++,h):a===r?(e.exit("codeTextSequence"),e.exit("codeText"),t(f)):(o.type="codeTextData",u(f))}}var pn=class{constructor(t){this.left=t?[...t]:[],this.right=[]}get(t){if(t<0||t>=this.left.length+this.right.length)throw new RangeError("Cannot access index `"+t+"` in a splice buffer of size `"+(this.left.length+this.right.length)+"`");return t<this.left.length?this.left[t]:this.right[this.right.length-t+this.left.length-1]}get length(){return this.left.length+this.right.length}shift(){return this.setCursor(0),this.right.pop()}slice(t,n){let i=n??Number.POSITIVE_INFINITY;return i<this.left.length?this.left.slice(t,i):t>this.left.length?this.right.slice(this.right.length-i+this.left.length,this.right.length-t+this.left.length).reverse():this.left.slice(t).concat(this.right.slice(this.right.length-i+this.left.length).reverse())}splice(t,n,i){let r=n||0;this.setCursor(Math.trunc(t));let a=this.right.splice(this.right.length-r,Number.POSITIVE_INFINITY);return i&&qe(this.left,i),a.reverse()}pop(){return this.setCursor(Number.POSITIVE_INFINITY),this.left.pop()}push(t){this.setCursor(Number.POSITIVE_INFINITY),this.left.push(t)}pushMany(t){this.setCursor(Number.POSITIVE_INFINITY),qe(this.left,t)}unshift(t){this.setCursor(0),this.right.push(t)}unshiftMany(t){this.setCursor(0),qe(this.right,t.reverse())}setCursor(t){if(!(t===this.left.length||t>this.left.length&&this.right.length===0||t<0&&this.left.length===0))if(t<this.left.length){let n=this.left.splice(t,Number.POSITIVE_INFINITY);qe(this.right,n.reverse())}else{let n=this.right.splice(this.left.length+this.right.length-t,Number.POSITIVE_INFINITY);qe(this.left,n.reverse())}}};function qe(e,t){let n=0;if(t.length<1e4)e.push(...t);else for(;n<t.length;)e.push(...t.slice(n,n+1e4)),n+=1e4}function fn(e){let t={},n=-1,i,r,a,o,s,d,m,u=new pn(e);for(;++n<u.length;){for(;n in t;)n=t[n];if(i=u.get(n),n&&i[1].type==="chunkFlow"&&u.get(n-1)[1].type==="listItemPrefix"&&(d=i[1]._tokenizer.events,a=0,a<d.length&&d[a][1].type==="lineEndingBlank"&&(a+=2),a<d.length&&d[a][1].type==="content"))for(;++a<d.length&&d[a][1].type!=="content";)d[a][1].type==="chunkText"&&(d[a][1]._isInFirstContentOfListItem=!0,a++);if(i[0]==="enter")i[1].contentType&&(Object.assign(t,Ks(u,n)),n=t[n],m=!0);else if(i[1]._container){for(a=n,r=void 0;a--;)if(o=u.get(a),o[1].type==="lineEnding"||o[1].type==="lineEndingBlank")o[0]==="enter"&&(r&&(u.get(r)[1].type="lineEndingBlank"),o[1].type="lineEnding",r=a);else if(!(o[1].type==="linePrefix"||o[1].type==="listItemIndent"))break;r&&(i[1].end={...u.get(r)[1].start},s=u.slice(r,n),s.unshift(i),u.splice(r,n-r+1,s))}}return ot(e,0,Number.POSITIVE_INFINITY,u.slice(0)),!m}function Ks(e,t){let n=e.get(t)[1],i=e.get(t)[2],r=t-1,a=[],o=n._tokenizer;o||(o=i.parser[n.contentType](n.start),n._contentTypeTextTrailing&&(o._contentTypeTextTrailing=!0));let s=o.events,d=[],m={},u,h,f=-1,p=n,x=0,A=0,S=[A];for(;p;){for(;e.get(++r)[1]!==p;);a.push(r),p._tokenizer||(u=i.sliceStream(p),p.next||u.push(null),h&&o.defineSkip(p.start),p._isInFirstContentOfListItem&&(o._gfmTasklistFirstContentOfListItem=!0),o.write(u),p._isInFirstContentOfListItem&&(o._gfmTasklistFirstContentOfListItem=void 0)),h=p,p=p.next}for(p=n;++f<s.length;)s[f][0]==="exit"&&s[f-1][0]==="enter"&&s[f][1].type===s[f-1][1].type&&s[f][1].start.line!==s[f][1].end.line&&(A=f+1,S.push(A),p._tokenizer=void 0,p.previous=void 0,p=p.next);for(o.events=[],p?(p._tokenizer=void 0,p.previous=void 0):S.pop(),f=S.length;f--;){let v=s.slice(S[f],S[f+1]),O=a.pop();d.push([O,O+v.length-1]),e.splice(O,2,v)}for(d.reverse(),f=-1;++f<d.length;)m[x+d[f][0]]=x+d[f][1],x+=d[f][1]-d[f][0]-1;return m}var mi={resolve:Zs,tokenize:Js},Ys={partial:!0,tokenize:Qs};function Zs(e){return fn(e),e}function Js(e,t){let n;return i;function i(s){return e.enter("content"),n=e.enter("chunkContent",{contentType:"content"}),r(s)}function r(s){return s===null?a(s):T(s)?e.check(Ys,o,a)(s):(e.consume(s),r)}function a(s){return e.exit("chunkContent"),e.exit("content"),t(s)}function o(s){return e.consume(s),e.exit("chunkContent"),n.next=e.enter("chunkContent",{contentType:"content",previous:n}),n=n.next,r}}function Qs(e,t,n){let i=this;return r;function r(o){return e.exit("chunkContent"),e.enter("lineEnding"),e.consume(o),e.exit("lineEnding"),D(e,a,"linePrefix")}function a(o){if(o===null||T(o))return n(o);let s=i.events[i.events.length-1];return!i.parser.constructs.disable.null.includes("codeIndented")&&s&&s[1].type==="linePrefix"&&s[2].sliceSerialize(s[1],!0).length>=4?t(o):e.interrupt(i.parser.constructs.flow,n,t)(o)}}function gn(e,t,n,i,r,a,o,s,d){let m=d||Number.POSITIVE_INFINITY,u=0;return h;function h(v){return v===60?(e.enter(i),e.enter(r),e.enter(a),e.consume(v),e.exit(a),f):v===null||v===32||v===41||re(v)?n(v):(e.enter(i),e.enter(o),e.enter(s),e.enter("chunkString",{contentType:"string"}),A(v))}function f(v){return v===62?(e.enter(a),e.consume(v),e.exit(a),e.exit(r),e.exit(i),t):(e.enter(s),e.enter("chunkString",{contentType:"string"}),p(v))}function p(v){return v===62?(e.exit("chunkString"),e.exit(s),f(v)):v===null||v===60||T(v)?n(v):(e.consume(v),v===92?x:p)}function x(v){return v===60||v===62||v===92?(e.consume(v),p):p(v)}function A(v){return!u&&(v===null||v===41||$(v))?(e.exit("chunkString"),e.exit(s),e.exit(o),e.exit(i),t(v)):u<m&&v===40?(e.consume(v),u++,A):v===41?(e.consume(v),u--,A):v===null||v===32||v===40||re(v)?n(v):(e.consume(v),v===92?S:A)}function S(v){return v===40||v===41||v===92?(e.consume(v),A):A(v)}}function bn(e,t,n,i,r,a){let o=this,s=0,d;return m;function m(p){return e.enter(i),e.enter(r),e.consume(p),e.exit(r),e.enter(a),u}function u(p){return s>999||p===null||p===91||p===93&&!d||p===94&&!s&&"_hiddenFootnoteSupport"in o.parser.constructs?n(p):p===93?(e.exit(a),e.enter(r),e.consume(p),e.exit(r),e.exit(i),t):T(p)?(e.enter("lineEnding"),e.consume(p),e.exit("lineEnding"),u):(e.enter("chunkString",{contentType:"string"}),h(p))}function h(p){return p===null||p===91||p===93||T(p)||s++>999?(e.exit("chunkString"),u(p)):(e.consume(p),d||(d=!N(p)),p===92?f:h)}function f(p){return p===91||p===92||p===93?(e.consume(p),s++,h):h(p)}}function yn(e,t,n,i,r,a){let o;return s;function s(f){return f===34||f===39||f===40?(e.enter(i),e.enter(r),e.consume(f),e.exit(r),o=f===40?41:f,d):n(f)}function d(f){return f===o?(e.enter(r),e.consume(f),e.exit(r),e.exit(i),t):(e.enter(a),m(f))}function m(f){return f===o?(e.exit(a),d(o)):f===null?n(f):T(f)?(e.enter("lineEnding"),e.consume(f),e.exit("lineEnding"),D(e,m,"linePrefix")):(e.enter("chunkString",{contentType:"string"}),u(f))}function u(f){return f===o||f===null||T(f)?(e.exit("chunkString"),m(f)):(e.consume(f),f===92?h:u)}function h(f){return f===o||f===92?(e.consume(f),u):u(f)}}function ae(e,t){let n;return i;function i(r){return T(r)?(e.enter("lineEnding"),e.consume(r),e.exit("lineEnding"),n=!0,i):N(r)?D(e,i,n?"linePrefix":"lineSuffix")(r):t(r)}}var hi={name:"definition",tokenize:tl},Xs={partial:!0,tokenize:el};function tl(e,t,n){let i=this,r;return a;function a(p){return e.enter("definition"),o(p)}function o(p){return bn.call(i,e,s,n,"definitionLabel","definitionLabelMarker","definitionLabelString")(p)}function s(p){return r=Bt(i.sliceSerialize(i.events[i.events.length-1][1]).slice(1,-1)),p===58?(e.enter("definitionMarker"),e.consume(p),e.exit("definitionMarker"),d):n(p)}function d(p){return $(p)?ae(e,m)(p):m(p)}function m(p){return gn(e,u,n,"definitionDestination","definitionDestinationLiteral","definitionDestinationLiteralMarker","definitionDestinationRaw","definitionDestinationString")(p)}function u(p){return e.attempt(Xs,h,h)(p)}function h(p){return N(p)?D(e,f,"whitespace")(p):f(p)}function f(p){return p===null||T(p)?(e.exit("definition"),i.parser.defined.push(r),t(p)):n(p)}}function el(e,t,n){return i;function i(s){return $(s)?ae(e,r)(s):n(s)}function r(s){return yn(e,a,n,"definitionTitle","definitionTitleMarker","definitionTitleString")(s)}function a(s){return N(s)?D(e,o,"whitespace")(s):o(s)}function o(s){return s===null||T(s)?t(s):n(s)}}var pi={name:"hardBreakEscape",tokenize:nl};function nl(e,t,n){return i;function i(a){return e.enter("hardBreakEscape"),e.consume(a),r}function r(a){return T(a)?(e.exit("hardBreakEscape"),t(a)):n(a)}}var fi={name:"headingAtx",resolve:il,tokenize:rl};function il(e,t){let n=e.length-2,i=3;if(e[i][1].type==="whitespace"&&(i+=2),n-2>i&&e[n][1].type==="whitespace"&&(n-=2),e[n][1].type==="atxHeadingSequence"&&(i===n-1||n-4>i&&e[n-2][1].type==="whitespace")&&(n-=i+1===n?2:4),n>i){let r={type:"atxHeadingText",start:e[i][1].start,end:e[n][1].end},a={type:"chunkText",start:e[i][1].start,end:e[n][1].end,contentType:"text"};ot(e,i,n-i+1,[["enter",r,t],["enter",a,t],["exit",a,t],["exit",r,t]])}return e}function rl(e,t,n){let i=0;return r;function r(u){return e.enter("atxHeading"),a(u)}function a(u){return e.enter("atxHeadingSequence"),o(u)}function o(u){return u===35&&i++<6?(e.consume(u),o):u===null||$(u)?(e.exit("atxHeadingSequence"),s(u)):n(u)}function s(u){return u===35?(e.enter("atxHeadingSequence"),d(u)):u===null||T(u)?(e.exit("atxHeading"),t(u)):N(u)?D(e,s,"whitespace")(u):(e.enter("atxHeadingText"),m(u))}function d(u){return u===35?(e.consume(u),d):(e.exit("atxHeadingSequence"),s(u))}function m(u){return u===null||u===35||$(u)?(e.exit("atxHeadingText"),s(u)):(e.consume(u),m)}}var Zr=["address","article","aside","base","basefont","blockquote","body","caption","center","col","colgroup","dd","details","dialog","dir","div","dl","dt","fieldset","figcaption","figure","footer","form","frame","frameset","h1","h2","h3","h4","h5","h6","head","header","hr","html","iframe","legend","li","link","main","menu","menuitem","nav","noframes","ol","optgroup","option","p","param","search","section","summary","table","tbody","td","tfoot","th","thead","title","tr","track","ul"],gi=["pre","script","style","textarea"];var bi={concrete:!0,name:"htmlFlow",resolveTo:ol,tokenize:sl},al={partial:!0,tokenize:ll};function ol(e){let t=e.length;for(;t--&&!(e[t][0]==="enter"&&e[t][1].type==="htmlFlow"););return t>1&&e[t-2][1].type==="linePrefix"&&(e[t][1].start=e[t-2][1].start,e[t+1][1].start=e[t-2][1].start,e.splice(t-2,2)),e}function sl(e,t,n){let i=this,r,a,o,s,d;return m;function m(b){return u(b)}function u(b){return e.enter("htmlFlow"),e.enter("htmlFlowData"),e.consume(b),h}function h(b){return b===33?(e.consume(b),f):b===47?(e.consume(b),a=!0,A):b===63?(e.consume(b),r=3,i.interrupt?t:g):rt(b)?(e.consume(b),o=String.fromCharCode(b),S):n(b)}function f(b){return b===45?(e.consume(b),r=2,p):b===91?(e.consume(b),r=5,s=0,x):rt(b)?(e.consume(b),r=4,i.interrupt?t:g):n(b)}function p(b){return b===45?(e.consume(b),i.interrupt?t:g):n(b)}function x(b){let bt="CDATA[";return b===bt.charCodeAt(s++)?(e.consume(b),s===bt.length?i.interrupt?t:V:x):n(b)}function A(b){return rt(b)?(e.consume(b),o=String.fromCharCode(b),S):n(b)}function S(b){if(b===null||b===47||b===62||$(b)){let bt=b===47,de=o.toLowerCase();return!bt&&!a&&gi.includes(de)?(r=1,i.interrupt?t(b):V(b)):Zr.includes(o.toLowerCase())?(r=6,bt?(e.consume(b),v):i.interrupt?t(b):V(b)):(r=7,i.interrupt&&!i.parser.lazy[i.now().line]?n(b):a?O(b):C(b))}return b===45||at(b)?(e.consume(b),o+=String.fromCharCode(b),S):n(b)}function v(b){return b===62?(e.consume(b),i.interrupt?t:V):n(b)}function O(b){return N(b)?(e.consume(b),O):y(b)}function C(b){return b===47?(e.consume(b),y):b===58||b===95||rt(b)?(e.consume(b),R):N(b)?(e.consume(b),C):y(b)}function R(b){return b===45||b===46||b===58||b===95||at(b)?(e.consume(b),R):q(b)}function q(b){return b===61?(e.consume(b),k):N(b)?(e.consume(b),q):C(b)}function k(b){return b===null||b===60||b===61||b===62||b===96?n(b):b===34||b===39?(e.consume(b),d=b,_):N(b)?(e.consume(b),k):W(b)}function _(b){return b===d?(e.consume(b),d=null,tt):b===null||T(b)?n(b):(e.consume(b),_)}function W(b){return b===null||b===34||b===39||b===47||b===60||b===61||b===62||b===96||$(b)?q(b):(e.consume(b),W)}function tt(b){return b===47||b===62||N(b)?C(b):n(b)}function y(b){return b===62?(e.consume(b),U):n(b)}function U(b){return b===null||T(b)?V(b):N(b)?(e.consume(b),U):n(b)}function V(b){return b===45&&r===2?(e.consume(b),et):b===60&&r===1?(e.consume(b),it):b===62&&r===4?(e.consume(b),vt):b===63&&r===3?(e.consume(b),g):b===93&&r===5?(e.consume(b),At):T(b)&&(r===6||r===7)?(e.exit("htmlFlowData"),e.check(al,Dt,M)(b)):b===null||T(b)?(e.exit("htmlFlowData"),M(b)):(e.consume(b),V)}function M(b){return e.check(Be,H,Dt)(b)}function H(b){return e.enter("lineEnding"),e.consume(b),e.exit("lineEnding"),B}function B(b){return b===null||T(b)?M(b):(e.enter("htmlFlowData"),V(b))}function et(b){return b===45?(e.consume(b),g):V(b)}function it(b){return b===47?(e.consume(b),o="",St):V(b)}function St(b){if(b===62){let bt=o.toLowerCase();return gi.includes(bt)?(e.consume(b),vt):V(b)}return rt(b)&&o.length<8?(e.consume(b),o+=String.fromCharCode(b),St):V(b)}function At(b){return b===93?(e.consume(b),g):V(b)}function g(b){return b===62?(e.consume(b),vt):b===45&&r===2?(e.consume(b),g):V(b)}function vt(b){return b===null||T(b)?(e.exit("htmlFlowData"),Dt(b)):(e.consume(b),vt)}function Dt(b){return e.exit("htmlFlow"),t(b)}}function ll(e,t,n){return i;function i(r){return e.enter("lineEnding"),e.consume(r),e.exit("lineEnding"),e.attempt(Yt,t,n)}}var yi={name:"htmlText",tokenize:cl};function cl(e,t,n){let i=this,r,a,o;return s;function s(g){return e.enter("htmlText"),e.enter("htmlTextData"),e.consume(g),d}function d(g){return g===33?(e.consume(g),m):g===47?(e.consume(g),q):g===63?(e.consume(g),C):rt(g)?(e.consume(g),W):n(g)}function m(g){return g===45?(e.consume(g),u):g===91?(e.consume(g),a=0,x):rt(g)?(e.consume(g),O):n(g)}function u(g){return g===45?(e.consume(g),p):n(g)}function h(g){return g===null?n(g):g===45?(e.consume(g),f):T(g)?(o=h,it(g)):(e.consume(g),h)}function f(g){return g===45?(e.consume(g),p):h(g)}function p(g){return g===62?et(g):g===45?f(g):h(g)}function x(g){let vt="CDATA[";return g===vt.charCodeAt(a++)?(e.consume(g),a===vt.length?A:x):n(g)}function A(g){return g===null?n(g):g===93?(e.consume(g),S):T(g)?(o=A,it(g)):(e.consume(g),A)}function S(g){return g===93?(e.consume(g),v):A(g)}function v(g){return g===62?et(g):g===93?(e.consume(g),v):A(g)}function O(g){return g===null||g===62?et(g):T(g)?(o=O,it(g)):(e.consume(g),O)}function C(g){return g===null?n(g):g===63?(e.consume(g),R):T(g)?(o=C,it(g)):(e.consume(g),C)}function R(g){return g===62?et(g):C(g)}function q(g){return rt(g)?(e.consume(g),k):n(g)}function k(g){return g===45||at(g)?(e.consume(g),k):_(g)}function _(g){return T(g)?(o=_,it(g)):N(g)?(e.consume(g),_):et(g)}function W(g){return g===45||at(g)?(e.consume(g),W):g===47||g===62||$(g)?tt(g):n(g)}function tt(g){return g===47?(e.consume(g),et):g===58||g===95||rt(g)?(e.consume(g),y):T(g)?(o=tt,it(g)):N(g)?(e.consume(g),tt):et(g)}function y(g){return g===45||g===46||g===58||g===95||at(g)?(e.consume(g),y):U(g)}function U(g){return g===61?(e.consume(g),V):T(g)?(o=U,it(g)):N(g)?(e.consume(g),U):tt(g)}function V(g){return g===null||g===60||g===61||g===62||g===96?n(g):g===34||g===39?(e.consume(g),r=g,M):T(g)?(o=V,it(g)):N(g)?(e.consume(g),V):(e.consume(g),H)}function M(g){return g===r?(e.consume(g),r=void 0,B):g===null?n(g):T(g)?(o=M,it(g)):(e.consume(g),M)}function H(g){return g===null||g===34||g===39||g===60||g===61||g===96?n(g):g===47||g===62||$(g)?tt(g):(e.consume(g),H)}function B(g){return g===47||g===62||$(g)?tt(g):n(g)}function et(g){return g===62?(e.consume(g),e.exit("htmlTextData"),e.exit("htmlText"),t):n(g)}function it(g){return e.exit("htmlTextData"),e.enter("lineEnding"),e.consume(g),e.exit("lineEnding"),St}function St(g){return N(g)?D(e,At,"linePrefix",i.parser.constructs.disable.null.includes("codeIndented")?void 0:4)(g):At(g)}function At(g){return e.enter("htmlTextData"),o(g)}}var oe={name:"labelEnd",resolveAll:hl,resolveTo:pl,tokenize:fl},ul={tokenize:gl},dl={tokenize:bl},ml={tokenize:yl};function hl(e){let t=-1,n=[];for(;++t<e.length;){let i=e[t][1];if(n.push(e[t]),i.type==="labelImage"||i.type==="labelLink"||i.type==="labelEnd"){let r=i.type==="labelImage"?4:2;i.type="data",t+=r}}return e.length!==n.length&&ot(e,0,e.length,n),e}function pl(e,t){let n=e.length,i=0,r,a,o;for(;n--;){let u=e[n][1];if(r){if(u.type==="link"||u.type==="labelLink"&&u._inactive)break;e[n][0]==="enter"&&u.type==="labelLink"&&(u._inactive=!0)}else if(a){if(e[n][0]==="enter"&&(u.type==="labelImage"||u.type==="labelLink")&&!u._balanced&&(r=n,u.type!=="labelLink")){i=2;break}}else u.type==="labelEnd"&&(a=n)}let s={type:e[r][1].type==="labelLink"?"link":"image",start:{...e[r][1].start},end:{...e[e.length-1][1].end}},d={type:"label",start:{...e[r][1].start},end:{...e[a][1].end}},m={type:"labelText",start:{...e[r+i+2][1].end},end:{...e[a-2][1].start}};return o=[["enter",s,t],["enter",d,t]],o=mt(o,e.slice(r+1,r+i+3)),o=mt(o,[["enter",m,t]]),o=mt(o,Kt(t.parser.constructs.insideSpan.null,e.slice(r+i+4,a-3),t)),o=mt(o,[["exit",m,t],e[a-2],e[a-1],["exit",d,t]]),o=mt(o,e.slice(a+1)),o=mt(o,[["exit",s,t]]),ot(e,r,e.length,o),e}function fl(e,t,n){let i=this,r=i._labelStarts,a,o;if(r){for(;r.length>0&&r[r.length-1]._balanced;)r.pop();a=r[r.length-1]}return s;function s(f){return a?a._inactive?h(f):(o=i.parser.defined.includes(Bt(i.sliceSerialize({start:a.end,end:i.now()}))),e.enter("labelEnd"),e.enter("labelMarker"),e.consume(f),e.exit("labelMarker"),e.exit("labelEnd"),d):n(f)}function d(f){return f===40?e.attempt(ul,u,o?u:h)(f):f===91?e.attempt(dl,u,o?m:h)(f):o?u(f):h(f)}function m(f){return e.attempt(ml,u,h)(f)}function u(f){return r.pop(),t(f)}function h(f){return a._balanced=!0,n(f)}}function gl(e,t,n){return i;function i(h){return e.enter("resource"),e.enter("resourceMarker"),e.consume(h),e.exit("resourceMarker"),r}function r(h){return $(h)?ae(e,a)(h):a(h)}function a(h){return h===41?u(h):gn(e,o,s,"resourceDestination","resourceDestinationLiteral","resourceDestinationLiteralMarker","resourceDestinationRaw","resourceDestinationString",32)(h)}function o(h){return $(h)?ae(e,d)(h):u(h)}function s(h){return n(h)}function d(h){return h===34||h===39||h===40?yn(e,m,n,"resourceTitle","resourceTitleMarker","resourceTitleString")(h):u(h)}function m(h){return $(h)?ae(e,u)(h):u(h)}function u(h){return h===41?(e.enter("resourceMarker"),e.consume(h),e.exit("resourceMarker"),e.exit("resource"),t):n(h)}}function bl(e,t,n){let i=this;return r;function r(s){return bn.call(i,e,a,o,"reference","referenceMarker","referenceString")(s)}function a(s){return i.parser.defined.includes(Bt(i.sliceSerialize(i.events[i.events.length-1][1]).slice(1,-1)))?t(s):n(s)}function o(s){return n(s)}}function yl(e,t,n){return i;function i(a){return e.enter("reference"),e.enter("referenceMarker"),e.consume(a),e.exit("referenceMarker"),r}function r(a){return a===93?(e.enter("referenceMarker"),e.consume(a),e.exit("referenceMarker"),e.exit("reference"),t):n(a)}}var wi={name:"labelStartImage",resolveAll:oe.resolveAll,tokenize:wl};function wl(e,t,n){let i=this,r;return a;function a(d){return e.enter("labelImage"),e.enter("labelImageMarker"),e.consume(d),e.exit("labelImageMarker"),o}function o(d){return d===91?(e.enter("labelMarker"),e.consume(d),e.exit("labelMarker"),r=e.exit("labelImage"),s):n(d)}function s(d){return d===94&&"_hiddenFootnoteSupport"in i.parser.constructs?n(d):(i._labelStarts=i._labelStarts||[],i._labelStarts.push(r),t(d))}}var ki={name:"labelStartLink",resolveAll:oe.resolveAll,tokenize:kl};function kl(e,t,n){let i=this,r;return a;function a(s){return e.enter("labelLink"),e.enter("labelMarker"),e.consume(s),e.exit("labelMarker"),r=e.exit("labelLink"),o}function o(s){return s===94&&"_hiddenFootnoteSupport"in i.parser.constructs?n(s):(i._labelStarts=i._labelStarts||[],i._labelStarts.push(r),t(s))}}var He={name:"lineEnding",tokenize:vl};function vl(e,t){return n;function n(i){return e.enter("lineEnding"),e.consume(i),e.exit("lineEnding"),D(e,t,"linePrefix")}}var se={name:"thematicBreak",tokenize:xl};function xl(e,t,n){let i=0,r;return a;function a(m){return e.enter("thematicBreak"),o(m)}function o(m){return r=m,s(m)}function s(m){return m===r?(e.enter("thematicBreakSequence"),d(m)):i>=3&&(m===null||T(m))?(e.exit("thematicBreak"),t(m)):n(m)}function d(m){return m===r?(e.consume(m),i++,d):(e.exit("thematicBreakSequence"),N(m)?D(e,s,"whitespace")(m):s(m))}}var ut={continuation:{tokenize:Tl},exit:Al,name:"list",tokenize:Cl},El={partial:!0,tokenize:Il},Sl={partial:!0,tokenize:Ml};function Cl(e,t,n){let i=this,r=i.events[i.events.length-1],a=r&&r[1].type==="linePrefix"?r[2].sliceSerialize(r[1],!0).length:0,o=0;return s;function s(p){let x=i.containerState.type||(p===42||p===43||p===45?"listUnordered":"listOrdered");if(x==="listUnordered"?!i.containerState.marker||p===i.containerState.marker:_e(p)){if(i.containerState.type||(i.containerState.type=x,e.enter(x,{_container:!0})),x==="listUnordered")return e.enter("listItemPrefix"),p===42||p===45?e.check(se,n,m)(p):m(p);if(!i.interrupt||p===49)return e.enter("listItemPrefix"),e.enter("listItemValue"),d(p)}return n(p)}function d(p){return _e(p)&&++o<10?(e.consume(p),d):(!i.interrupt||o<2)&&(i.containerState.marker?p===i.containerState.marker:p===41||p===46)?(e.exit("listItemValue"),m(p)):n(p)}function m(p){return e.enter("listItemMarker"),e.consume(p),e.exit("listItemMarker"),i.containerState.marker=i.containerState.marker||p,e.check(Yt,i.interrupt?n:u,e.attempt(El,f,h))}function u(p){return i.containerState.initialBlankLine=!0,a++,f(p)}function h(p){return N(p)?(e.enter("listItemPrefixWhitespace"),e.consume(p),e.exit("listItemPrefixWhitespace"),f):n(p)}function f(p){return i.containerState.size=a+i.sliceSerialize(e.exit("listItemPrefix"),!0).length,t(p)}}function Tl(e,t,n){let i=this;return i.containerState._closeFlow=void 0,e.check(Yt,r,a);function r(s){return i.containerState.furtherBlankLines=i.containerState.furtherBlankLines||i.containerState.initialBlankLine,D(e,t,"listItemIndent",i.containerState.size+1)(s)}function a(s){return i.containerState.furtherBlankLines||!N(s)?(i.containerState.furtherBlankLines=void 0,i.containerState.initialBlankLine=void 0,o(s)):(i.containerState.furtherBlankLines=void 0,i.containerState.initialBlankLine=void 0,e.attempt(Sl,t,o)(s))}function o(s){return i.containerState._closeFlow=!0,i.interrupt=void 0,D(e,e.attempt(ut,t,n),"linePrefix",i.parser.constructs.disable.null.includes("codeIndented")?void 0:4)(s)}}function Ml(e,t,n){let i=this;return D(e,r,"listItemIndent",i.containerState.size+1);function r(a){let o=i.events[i.events.length-1];return o&&o[1].type==="listItemIndent"&&o[2].sliceSerialize(o[1],!0).length===i.containerState.size?t(a):n(a)}}function Al(e){e.exit(this.containerState.type)}function Il(e,t,n){let i=this;return D(e,r,"listItemPrefixWhitespace",i.parser.constructs.disable.null.includes("codeIndented")?void 0:5);function r(a){let o=i.events[i.events.length-1];return!N(a)&&o&&o[1].type==="listItemPrefixWhitespace"?t(a):n(a)}}var wn={name:"setextUnderline",resolveTo:Nl,tokenize:Ll};function Nl(e,t){let n=new Ft,i=e.length,r,a,o;for(;i--;)if(e[i][0]==="enter"){if(e[i][1].type==="content"){r=i;break}e[i][1].type==="paragraph"&&(a=i)}else e[i][1].type==="content"&&n.add(i,1,[]),!o&&e[i][1].type==="definition"&&(o=i);let s={type:"setextHeading",start:{...e[r][1].start},end:{...e[e.length-1][1].end}};return e[a][1].type="setextHeadingText",o?(n.add(a,0,[["enter",s,t]]),n.add(o+1,0,[["exit",e[r][1],t]]),e[r][1].end={...e[o][1].end}):e[r][1]=s,n.add(e.length,0,[["exit",s,t]]),n.consume(e),e}function Ll(e,t,n){let i=this,r;return a;function a(m){let u=i.events.length,h;for(;u--;)if(i.events[u][1].type!=="lineEnding"&&i.events[u][1].type!=="linePrefix"&&i.events[u][1].type!=="content"){h=i.events[u][1].type==="paragraph";break}return!i.parser.lazy[i.now().line]&&(i.interrupt||h)?(e.enter("setextHeadingLine"),r=m,o(m)):n(m)}function o(m){return e.enter("setextHeadingLineSequence"),s(m)}function s(m){return m===r?(e.consume(m),s):(e.exit("setextHeadingLineSequence"),N(m)?D(e,d,"lineSuffix")(m):d(m))}function d(m){return m===null||T(m)?(e.exit("setextHeadingLine"),t(m)):n(m)}}var Jr={tokenize:Rl};function Rl(e){let t=this,n=e.attempt(Yt,i,e.attempt(this.parser.constructs.flowInitial,r,D(e,e.attempt(this.parser.constructs.flow,r,e.attempt(mi,r)),"linePrefix")));return n;function i(a){if(a===null){e.consume(a);return}return e.enter("lineEndingBlank"),e.consume(a),e.exit("lineEndingBlank"),t.currentConstruct=void 0,n}function r(a){if(a===null){e.consume(a);return}return e.enter("lineEnding"),e.consume(a),e.exit("lineEnding"),t.currentConstruct=void 0,n}}var Qr={resolveAll:na()},Xr=ea("string"),ta=ea("text");function ea(e){return{resolveAll:na(e==="text"?Dl:void 0),tokenize:t};function t(n){let i=this,r=this.parser.constructs[e],a=n.attempt(r,o,s);return o;function o(u){return m(u)?a(u):s(u)}function s(u){if(u===null){n.consume(u);return}return n.enter("data"),n.consume(u),d}function d(u){return m(u)?(n.exit("data"),a(u)):(n.consume(u),d)}function m(u){if(u===null)return!0;let h=r[u],f=-1;if(h)for(;++f<h.length;){let p=h[f];if(!p.previous||p.previous.call(i,i.previous))return!0}return!1}}}function na(e){return t;function t(n,i){let r=-1,a;for(;++r<=n.length;)a===void 0?n[r]&&n[r][1].type==="data"&&(a=r,r++):(!n[r]||n[r][1].type!=="data")&&(r!==a+2&&(n[a][1].end=n[r-1][1].end,n.splice(a+2,r-a-2),r=a+2),a=void 0);return e?e(n,i):n}}function Dl(e,t){let n=new Ft,i=0;for(;++i<=e.length;)if((i===e.length||e[i][1].type==="lineEnding")&&e[i-1][1].type==="data"){let r=e[i-1][1],a=t.sliceStream(r),o=a.length,s=-1,d=0,m;for(;o--;){let u=a[o];if(typeof u=="string"){for(s=u.length;u.charCodeAt(s-1)===32;)d++,s--;if(s)break;s=-1}else if(u===-2)m=!0,d++;else if(u!==-1){o++;break}}if(t._contentTypeTextTrailing&&i===e.length&&(d=0),d){let u={type:i===e.length||m||d<2?"lineSuffix":"hardBreakTrailing",start:{_bufferIndex:o?s:r.start._bufferIndex+s,_index:r.start._index+o,line:r.end.line,column:r.end.column-d,offset:r.end.offset-d},end:{...r.end}};r.end={...u.start},r.start.offset===r.end.offset?Object.assign(r,u):n.add(i,0,[["enter",u,t],["exit",u,t]])}i++}return n.consume(e),e}var vi={};qo(vi,{attentionMarkers:()=>ql,contentInitial:()=>Ol,disable:()=>Hl,document:()=>Pl,flow:()=>_l,flowInitial:()=>zl,insideSpan:()=>Fl,string:()=>jl,text:()=>Bl});var Pl={42:ut,43:ut,45:ut,48:ut,49:ut,50:ut,51:ut,52:ut,53:ut,54:ut,55:ut,56:ut,57:ut,62:un},Ol={91:hi},zl={[-2]:Fe,[-1]:Fe,32:Fe},_l={35:fi,42:se,45:[wn,se],60:bi,61:wn,95:se,96:hn,126:hn},jl={38:mn,92:dn},Bl={[-5]:He,[-4]:He,[-3]:He,33:wi,38:mn,42:je,60:[ui,yi],91:ki,92:[pi,dn],93:oe,95:je,96:di},Fl={null:[je,Qr]},ql={null:[42,95]},Hl={null:[]};function ia(e,t,n){let i={_bufferIndex:-1,_index:0,line:n&&n.line||1,column:n&&n.column||1,offset:n&&n.offset||0},r={},a=[],o=[],s=[],d=!0,m={attempt:tt(_),check:tt(W),consume:R,enter:q,exit:k,interrupt:tt(W,{interrupt:!0})},u={code:null,containerState:{},defineSkip:v,events:[],now:S,parser:e,previous:null,sliceSerialize:x,sliceStream:A,write:p},h=t.tokenize.call(u,m),f;return t.resolveAll&&a.push(t),u;function p(M){return o=mt(o,M),O(),o[o.length-1]!==null?[]:(y(t,0),u.events=Kt(a,u.events,u),u.events)}function x(M,H){return Ul(A(M),H)}function A(M){return $l(o,M)}function S(){let{_bufferIndex:M,_index:H,line:B,column:et,offset:it}=i;return{_bufferIndex:M,_index:H,line:B,column:et,offset:it}}function v(M){r[M.line]=M.column,V()}function O(){for(;i._index<o.length;){let M=o[i._index];if(typeof M=="string"){let H=i._index;for(i._bufferIndex<0&&(i._bufferIndex=0);i._index===H&&i._bufferIndex<M.length;)C(M.charCodeAt(i._bufferIndex))}else C(M)}}function C(M){d=void 0,f=M,h=h(M)}function R(M){T(M)?(i.line++,i.column=1,i.offset+=M===-3?2:1,V()):M!==-1&&(i.column++,i.offset++),i._bufferIndex<0?i._index++:(i._bufferIndex++,i._bufferIndex===o[i._index].length&&(i._bufferIndex=-1,i._index++)),u.previous=M,d=!0}function q(M,H){let B=H||{};return B.type=M,B.start=S(),u.events.push(["enter",B,u]),s.push(B),B}function k(M){let H=s.pop();return H.end=S(),u.events.push(["exit",H,u]),H}function _(M,H){y(M,H.from)}function W(M,H){H.restore()}function tt(M,H){return B;function B(et,it,St){let At,g,vt,Dt;return Array.isArray(et)?bt(et):"tokenize"in et?bt([et]):b(et);function b(st){return Te;function Te(Pt){let me=Pt!==null&&st[Pt],Xt=Pt!==null&&st.null,Jn=[...Array.isArray(me)?me:me?[me]:[],...Array.isArray(Xt)?Xt:Xt?[Xt]:[]];return bt(Jn)(Pt)}}function bt(st){return At=st,g=0,st.length===0?St:de(st[g])}function de(st){return Te;function Te(Pt){return Dt=U(),vt=st,st.partial||(u.currentConstruct=st),st.name&&u.parser.constructs.disable.null.includes(st.name)?Ye(Pt):st.tokenize.call(H?Object.assign(Object.create(u),H):u,m,Ke,Ye)(Pt)}}function Ke(st){return d=!0,M(vt,Dt),it}function Ye(st){return d=!0,Dt.restore(),++g<At.length?de(At[g]):St}}}function y(M,H){M.resolveAll&&!a.includes(M)&&a.push(M),M.resolve&&ot(u.events,H,u.events.length-H,M.resolve(u.events.slice(H),u)),M.resolveTo&&(u.events=M.resolveTo(u.events,u))}function U(){let M=S(),H=u.previous,B=u.currentConstruct,et=u.events.length,it=Array.from(s);return{from:et,restore:St};function St(){i=M,u.previous=H,u.currentConstruct=B,u.events.length=et,s=it,V()}}function V(){i.line in r&&i.column<2&&(i.column=r[i.line],i.offset+=r[i.line]-1)}}function $l(e,t){let n=t.start._index,i=t.start._bufferIndex,r=t.end._index,a=t.end._bufferIndex,o;if(n===r)o=[e[n].slice(i,a)];else{if(o=e.slice(n,r),i>-1){let s=o[0];typeof s=="string"?o[0]=s.slice(i):o.shift()}a>0&&o.push(e[r].slice(0,a))}return o}function Ul(e,t){let n=-1,i=[],r;for(;++n<e.length;){let a=e[n],o;if(typeof a=="string")o=a;else switch(a){case-5:{o="\r";break}case-4:{o=`
`;break}case-3:{o=`\r
`;break}case-2:{o=t?" ":"	";break}case-1:{if(!t&&r)continue;o=" ";break}default:o=String.fromCharCode(a)}r=a===-2,i.push(o)}return i.join("")}function xi(e){let i={constructs:qr([vi,...(e||{}).extensions||[]]),content:r(Gr),defined:[],document:r(Kr),flow:r(Jr),lazy:{},string:r(Xr),text:r(ta)};return i;function r(a){return o;function o(s){return ia(i,a,s)}}}function Ei(e){for(;!fn(e););return e}var ra=/[\0\t\n\r]/g;function Si(){let e=1,t="",n=!0,i;return r;function r(a,o,s){a=t+(typeof a=="string"?a.toString():new TextDecoder(o||void 0).decode(a));let d=[],m=0;for(t="",n&&(a.charCodeAt(0)===65279&&m++,n=void 0);m<a.length;){ra.lastIndex=m;let u=ra.exec(a),h=u&&u.index!==void 0?u.index:a.length,f=a.charCodeAt(h);if(!u){t=a.slice(m);break}if(f===10&&m===h&&i)d.push(-3),i=void 0;else switch(i&&(d.push(-5),i=void 0),m<h&&(d.push(a.slice(m,h)),e+=h-m),f){case 0:{d.push(65533),e++;break}case 9:{let p=Math.ceil(e/4)*4;for(d.push(-2);e++<p;)d.push(-1);break}case 10:{d.push(-4),e=1;break}default:i=!0,e=1}m=h+1}return s&&(i&&d.push(-5),t&&d.push(t),d.push(null)),d}}var Gl=/\\([!-/:-@[-`{-~])|&(#(?:\d{1,7}|x[\da-f]{1,6})|[\da-z]{1,31});/gi;function aa(e){return e.replace(Gl,Wl)}function Wl(e,t,n){if(t)return t;if(n.charCodeAt(0)===35){let r=n.charCodeAt(1),a=r===120||r===88;return cn(n.slice(a?2:1),a?16:10)}return ge(n)||e}function ye(e){return!e||typeof e!="object"?"":"position"in e||"type"in e?oa(e.position):"start"in e||"end"in e?oa(e):"line"in e||"column"in e?Ci(e):""}function Ci(e){return sa(e&&e.line)+":"+sa(e&&e.column)}function oa(e){return Ci(e&&e.start)+"-"+Ci(e&&e.end)}function sa(e){return e&&typeof e=="number"?e:1}var ca={}.hasOwnProperty;function Ti(e,t,n){return t&&typeof t=="object"&&(n=t,t=void 0),Vl(n)(Ei(xi(n).document().write(Si()(e,t,!0))))}function Vl(e){let t={afterExit:[],beforeEnter:[],transforms:[],canContainEols:["emphasis","fragment","heading","paragraph","strong"],enter:{autolink:o(Yi),autolinkProtocol:y,autolinkEmail:y,atxHeading:o(Wi),blockQuote:o(me),characterEscape:y,characterReference:y,codeFenced:o(Xt),codeFencedFenceInfo:s,codeFencedFenceMeta:s,codeIndented:o(Xt,s),codeText:o(Jn,s),codeTextData:y,data:y,codeFlowValue:y,definition:o(Ro),definitionDestinationString:s,definitionLabelString:s,definitionTitleString:s,emphasis:o(Do),hardBreakEscape:o(Vi),hardBreakTrailing:o(Vi),htmlFlow:o(Ki,s),htmlFlowData:y,htmlText:o(Ki,s),htmlTextData:y,image:o(Po),label:s,link:o(Yi),listItem:o(Oo),listItemValue:p,listOrdered:o(Zi,f),listUnordered:o(Zi),paragraph:o(zo),reference:bt,referenceString:s,resourceDestinationString:s,resourceTitleString:s,setextHeading:o(Wi),strong:o(_o),thematicBreak:o(Bo)},exit:{atxHeading:m(),atxHeadingSequence:k,autolink:m(),autolinkEmail:Pt,autolinkProtocol:Te,blockQuote:m(),characterEscapeValue:U,characterReferenceMarkerHexadecimal:Ke,characterReferenceMarkerNumeric:Ke,characterReferenceValue:Ye,characterReference:st,codeFenced:m(v),codeFencedFence:S,codeFencedFenceInfo:x,codeFencedFenceMeta:A,codeFlowValue:U,codeIndented:m(O),codeText:m(et),codeTextData:U,data:U,definition:m(),definitionDestinationString:q,definitionLabelString:C,definitionTitleString:R,emphasis:m(),hardBreakEscape:m(M),hardBreakTrailing:m(M),htmlFlow:m(H),htmlFlowData:U,htmlText:m(B),htmlTextData:U,image:m(St),label:g,labelText:At,lineEnding:V,link:m(it),listItem:m(),listOrdered:m(),listUnordered:m(),paragraph:m(),referenceString:de,resourceDestinationString:vt,resourceTitleString:Dt,resource:b,setextHeading:m(tt),setextHeadingLineSequence:W,setextHeadingText:_,strong:m(),thematicBreak:m()}};ua(t,(e||{}).mdastExtensions||[]);let n={};return i;function i(w){let E={type:"root",children:[],position:void 0},z={stack:[E],tokenStack:[],config:t,enter:d,exit:u,buffer:s,resume:h,data:n},j=[],pt=[],K=-1;for(;++K<w.length;)if(pt.push(w[K]),w[K][1].type==="listOrdered"||w[K][1].type==="listUnordered")if(w[K][0]==="enter")j.push(pt.length-1);else{let ft=j.pop();a(pt,ft)}for(w=pt,K=-1;++K<w.length;){let ft=t[w[K][0]];w[K][0]==="enter"&&t.beforeEnter.length>0&&r(t.beforeEnter,{...z,sliceSerialize:w[K][2].sliceSerialize},w[K][1]),ca.call(ft,w[K][1].type)&&ft[w[K][1].type].call({...z,sliceSerialize:w[K][2].sliceSerialize},w[K][1]),w[K][0]==="exit"&&t.afterExit.length>0&&r(t.afterExit,{...z,sliceSerialize:w[K][2].sliceSerialize},w[K][1])}if(z.tokenStack.length>0){let ft=z.tokenStack[z.tokenStack.length-1];(ft[1]||la).call(z,void 0,ft[0])}for(E.position={start:Zt(w.length>0?w[0][1].start:{line:1,column:1,offset:0}),end:Zt(w.length>0?w[w.length-2][1].end:{line:1,column:1,offset:0})},K=-1;++K<t.transforms.length;)E=t.transforms[K](E)||E;return E}function r(w,E,z){let j=-1;for(;++j<w.length;)w[j].call(E,z)}function a(w,E){let z=w.length-1,j=E-1,pt=-1,K=!1,ft,It,Me,Ae,Ie=[];for(;++j<=z;){let yt=w[j];switch(yt[1].type){case"listUnordered":case"listOrdered":case"blockQuote":{yt[0]==="enter"?pt++:pt--,Ae=void 0;break}case"lineEndingBlank":{yt[0]==="enter"&&(ft&&!Ae&&!pt&&!Me&&(Me=j),Ae=void 0);break}case"linePrefix":case"listItemValue":case"listItemMarker":case"listItemPrefix":case"listItemPrefixWhitespace":break;default:Ae=void 0}if(!pt&&yt[0]==="enter"&&yt[1].type==="listItemPrefix"||pt===-1&&yt[0]==="exit"&&(yt[1].type==="listUnordered"||yt[1].type==="listOrdered")){if(ft){let he=j;for(It=void 0;he--;){let Ot=w[he];if(Ot[1].type==="lineEnding"||Ot[1].type==="lineEndingBlank"){if(Ot[0]==="exit")continue;It&&(w[It][1].type="lineEndingBlank",K=!0),Ot[1].type="lineEnding",It=he}else if(!(Ot[1].type==="linePrefix"||Ot[1].type==="blockQuotePrefix"||Ot[1].type==="blockQuotePrefixWhitespace"||Ot[1].type==="blockQuoteMarker"||Ot[1].type==="listItemIndent"))break}Me&&(!It||Me<It)&&(ft._spread=!0),ft.end=Object.assign({},It?w[It][1].start:yt[1].end),Ie.push({at:It||j,event:["exit",ft,yt[2]]})}if(yt[1].type==="listItemPrefix"){let he={type:"listItem",_spread:!1,start:Object.assign({},yt[1].start),end:void 0};ft=he,Ie.push({at:j,event:["enter",he,yt[2]]}),Me=void 0,Ae=!0}}}let Ji=w.splice(E),Qn=0;for(j=-1;++j<Ji.length;){for(;Qn<Ie.length&&Ie[Qn].at===E+j;)w.push(Ie[Qn++].event);w.push(Ji[j])}w[E][1]._spread=K}function o(w,E){return z;function z(j){d.call(this,w(j),j),E&&E.call(this,j)}}function s(){this.stack.push({type:"fragment",children:[]})}function d(w,E,z){this.stack[this.stack.length-1].children.push(w),this.stack.push(w),this.tokenStack.push([E,z||void 0]),w.position={start:Zt(E.start),end:void 0}}function m(w){return E;function E(z){w&&w.call(this,z),u.call(this,z)}}function u(w,E){let z=this.stack.pop(),j=this.tokenStack.pop();if(!j)throw new Error("Cannot close `"+w.type+"` ("+ye({start:w.start,end:w.end})+"): it’s not open");j[0].type!==w.type&&(E?E.call(this,w,j[0]):(j[1]||la).call(this,w,j[0])),z.position.end=Zt(w.end)}function h(){return li(this.stack.pop())}function f(){this.data.expectingFirstListItemValue=!0}function p(w){if(this.data.expectingFirstListItemValue){let E=this.stack[this.stack.length-2];E.start=Number.parseInt(this.sliceSerialize(w),10),this.data.expectingFirstListItemValue=void 0}}function x(){let w=this.resume(),E=this.stack[this.stack.length-1];E.lang=w}function A(){let w=this.resume(),E=this.stack[this.stack.length-1];E.meta=w}function S(){this.data.flowCodeInside||(this.buffer(),this.data.flowCodeInside=!0)}function v(){let w=this.resume(),E=this.stack[this.stack.length-1];E.value=w.replace(/^(\r?\n|\r)|(\r?\n|\r)$/g,""),this.data.flowCodeInside=void 0}function O(){let w=this.resume(),E=this.stack[this.stack.length-1];E.value=w.replace(/(\r?\n|\r)$/g,"")}function C(w){let E=this.resume(),z=this.stack[this.stack.length-1];z.label=E,z.identifier=Bt(this.sliceSerialize(w)).toLowerCase()}function R(){let w=this.resume(),E=this.stack[this.stack.length-1];E.title=w}function q(){let w=this.resume(),E=this.stack[this.stack.length-1];E.url=w}function k(w){let E=this.stack[this.stack.length-1];if(!E.depth){let z=this.sliceSerialize(w).length;E.depth=z}}function _(){this.data.setextHeadingSlurpLineEnding=!0}function W(w){let E=this.stack[this.stack.length-1];E.depth=this.sliceSerialize(w).codePointAt(0)===61?1:2}function tt(){this.data.setextHeadingSlurpLineEnding=void 0}function y(w){let z=this.stack[this.stack.length-1].children,j=z[z.length-1];(!j||j.type!=="text")&&(j=jo(),j.position={start:Zt(w.start),end:void 0},z.push(j)),this.stack.push(j)}function U(w){let E=this.stack.pop();E.value+=this.sliceSerialize(w),E.position.end=Zt(w.end)}function V(w){let E=this.stack[this.stack.length-1];if(this.data.atHardBreak){let z=E.children[E.children.length-1];z.position.end=Zt(w.end),this.data.atHardBreak=void 0;return}!this.data.setextHeadingSlurpLineEnding&&t.canContainEols.includes(E.type)&&(y.call(this,w),U.call(this,w))}function M(){this.data.atHardBreak=!0}function H(){let w=this.resume(),E=this.stack[this.stack.length-1];E.value=w}function B(){let w=this.resume(),E=this.stack[this.stack.length-1];E.value=w}function et(){let w=this.resume(),E=this.stack[this.stack.length-1];E.value=w}function it(){let w=this.stack[this.stack.length-1];if(this.data.inReference){let E=this.data.referenceType||"shortcut";w.type+="Reference",w.referenceType=E,delete w.url,delete w.title}else delete w.identifier,delete w.label;this.data.referenceType=void 0}function St(){let w=this.stack[this.stack.length-1];if(this.data.inReference){let E=this.data.referenceType||"shortcut";w.type+="Reference",w.referenceType=E,delete w.url,delete w.title}else delete w.identifier,delete w.label;this.data.referenceType=void 0}function At(w){let E=this.sliceSerialize(w),z=this.stack[this.stack.length-2];z.label=aa(E),z.identifier=Bt(E).toLowerCase()}function g(){let w=this.stack[this.stack.length-1],E=this.resume(),z=this.stack[this.stack.length-1];if(this.data.inReference=!0,z.type==="link"){let j=w.children;z.children=j}else z.alt=E}function vt(){let w=this.resume(),E=this.stack[this.stack.length-1];E.url=w}function Dt(){let w=this.resume(),E=this.stack[this.stack.length-1];E.title=w}function b(){this.data.inReference=void 0}function bt(){this.data.referenceType="collapsed"}function de(w){let E=this.resume(),z=this.stack[this.stack.length-1];z.label=E,z.identifier=Bt(this.sliceSerialize(w)).toLowerCase(),this.data.referenceType="full"}function Ke(w){this.data.characterReferenceType=w.type}function Ye(w){let E=this.sliceSerialize(w),z=this.data.characterReferenceType,j;z?(j=cn(E,z==="characterReferenceMarkerNumeric"?10:16),this.data.characterReferenceType=void 0):j=ge(E);let pt=this.stack[this.stack.length-1];pt.value+=j}function st(w){let E=this.stack.pop();E.position.end=Zt(w.end)}function Te(w){U.call(this,w);let E=this.stack[this.stack.length-1];E.url=this.sliceSerialize(w)}function Pt(w){U.call(this,w);let E=this.stack[this.stack.length-1];E.url="mailto:"+this.sliceSerialize(w)}function me(){return{type:"blockquote",children:[],position:void 0}}function Xt(){return{type:"code",lang:null,meta:null,value:"",position:void 0}}function Jn(){return{type:"inlineCode",value:"",position:void 0}}function Ro(){return{type:"definition",identifier:"",label:null,title:null,url:"",position:void 0}}function Do(){return{type:"emphasis",children:[],position:void 0}}function Wi(){return{type:"heading",depth:0,children:[],position:void 0}}function Vi(){return{type:"break",position:void 0}}function Ki(){return{type:"html",value:"",position:void 0}}function Po(){return{type:"image",title:null,url:"",alt:null,position:void 0}}function Yi(){return{type:"link",title:null,url:"",children:[],position:void 0}}function Zi(w){return{type:"list",ordered:w.type==="listOrdered",start:null,spread:w._spread,children:[],position:void 0}}function Oo(w){return{type:"listItem",spread:w._spread,checked:null,children:[],position:void 0}}function zo(){return{type:"paragraph",children:[],position:void 0}}function _o(){return{type:"strong",children:[],position:void 0}}function jo(){return{type:"text",value:"",position:void 0}}function Bo(){return{type:"thematicBreak",position:void 0}}}function Zt(e){return{line:e.line,column:e.column,offset:e.offset}}function ua(e,t){let n=-1;for(;++n<t.length;){let i=t[n];Array.isArray(i)?ua(e,i):Kl(e,i)}}function Kl(e,t){let n;for(n in t)if(ca.call(t,n))switch(n){case"canContainEols":{let i=t[n];i&&e[n].push(...i);break}case"transforms":{let i=t[n];i&&e[n].push(...i);break}case"afterExit":case"beforeEnter":{let i=t[n];i&&e[n].push(i);break}case"enter":case"exit":{let i=t[n];i&&Object.assign(e[n],i);break}}}function la(e,t){throw e?new Error("Cannot close `"+e.type+"` ("+ye({start:e.start,end:e.end})+"): a different token (`"+t.type+"`, "+ye({start:t.start,end:t.end})+") is open"):new Error("Cannot close document, a token (`"+t.type+"`, "+ye({start:t.start,end:t.end})+") is still open")}function Mi(e,t){let n=String(e);if(typeof t!="string")throw new TypeError("Expected character");let i=0,r=n.indexOf(t);for(;r!==-1;)i++,r=n.indexOf(t,r+t.length);return i}function Ai(e){if(typeof e!="string")throw new TypeError("Expected a string");return e.replace(/[|\\{}()[\]^$+*?.]/g,"\\$&").replace(/-/g,"\\x2d")}var we=(function(e){if(e==null)return Ql;if(typeof e=="function")return kn(e);if(typeof e=="object")return Array.isArray(e)?Yl(e):Zl(e);if(typeof e=="string")return Jl(e);throw new Error("Expected function, string, or object as test")});function Yl(e){let t=[],n=-1;for(;++n<e.length;)t[n]=we(e[n]);return kn(i);function i(...r){let a=-1;for(;++a<t.length;)if(t[a].apply(this,r))return!0;return!1}}function Zl(e){let t=e;return kn(n);function n(i){let r=i,a;for(a in e)if(r[a]!==t[a])return!1;return!0}}function Jl(e){return kn(t);function t(n){return n&&n.type===e}}function kn(e){return t;function t(n,i,r){return!!(Xl(n)&&e.call(this,n,typeof i=="number"?i:void 0,r||void 0))}}function Ql(){return!0}function Xl(e){return e!==null&&typeof e=="object"&&"type"in e}var ma=[],ha=!0,vn=!1,$e="skip";function Ii(e,t,n,i){if(!e||typeof e!="object")throw new Error("Unexpected value `"+e+"` for `tree`, expected node");let r=!0,a,o,s,d;if(typeof n=="function"||n&&typeof n=="object"?(a=t,o=n,i&&(r=!1)):(o=t,n&&(r=!1)),typeof o=="function")s=o;else if(o&&typeof o=="object"){if(!(o.enter===null||o.enter===void 0))if(typeof o.enter=="function")s=o.enter;else throw new Error("Unexpected value `"+o.enter+"` for `visitors.enter`, expected optional visitor");if(typeof o.exit=="function")d=o.exit;else throw new Error("Unexpected value `"+o.exit+"` for `visitors.exit`, expected visitor (pass a visitor directly if you only want an enter visitor)")}else throw new Error("Unexpected value `"+o+"` for `enter` or `visitors`, expected visitor or object with visitors");let m=we(a),u=r?1:-1;h(e,void 0,[])();function h(f,p,x){let A=f&&typeof f=="object"?f:{};if(typeof A.type=="string"){let v=typeof A.tagName=="string"?A.tagName:typeof A.name=="string"?A.name:void 0;Object.defineProperty(S,"name",{value:"node ("+(f.type+(v?"<"+v+">":""))+")"})}return S;function S(){let v=!a||m(f,p,x[x.length-1]||void 0),O=ma;if(s&&v&&(O=da(s(f,x,p)),O[0]===vn))return O;if("children"in f&&f.children){let C=f;if(C.children&&O[0]!==$e){let R=(r?-1:C.children.length)+u,q=[...x,C];for(;R>-1&&R<C.children.length;){let k=C.children[R],_=h(k,R,q)();if(_[0]===vn)return _;R=typeof _[1]=="number"?_[1]:R+u}}}if(d&&v){let C=da(d(f,x,p));if(C[0]===$e)throw new Error("Unexpected value `"+C[0]+"` from `exit`, expected `CONTINUE`, `EXIT`, index, or nothing");if(C[0]===vn||typeof C[1]=="number")return C}return O}}}function da(e){return Array.isArray(e)?e:typeof e=="number"?[ha,e]:e==null?ma:[e]}function Ni(e,t,n){let r=we((n||{}).ignore||[]),a=tc(t),o=-1;for(;++o<a.length;)Ii(e,s);function s(m,u,h){if(m.type==="text"&&typeof h=="number")return d(m,u,h);if(r(m,h,u[u.length-1]))return $e}function d(m,u,h){let f=u[u.length-1],p=a[o][0],x=a[o][1],A=0,S=!1,v=[];p.lastIndex=0;let O=p.exec(m.value);for(;O;){let R=O.index,q={index:O.index,input:O.input,stack:[...u,m]},k=x(...O,q);if(typeof k=="string"&&(k=k.length>0?{type:"text",value:k}:void 0),k===!1)p.lastIndex=R+1;else{if(A!==R&&C({type:"text",value:m.value.slice(A,R)}),Array.isArray(k))for(let _ of k)C(_);else k&&C(k);A=R+O[0].length,S=!0}if(!p.global)break;O=p.exec(m.value)}return S?(A<m.value.length&&C({type:"text",value:m.value.slice(A)}),f.children.splice(h,1,...v)):v=[m],h+v.length;function C(R){let q=v[v.length-1];q&&q.type==="text"&&R.type==="text"?q.value+=R.value:v.push(R)}}}function tc(e){if(!Array.isArray(e))throw new TypeError("Expected find and replace tuple or list of tuples");let t=[],n=!e[0]||Array.isArray(e[0])?e:[e],i=-1;for(;++i<n.length;){let r=n[i];t.push([ec(r[0]),nc(r[1])])}return t}function ec(e){return typeof e=="string"?new RegExp(Ai(e),"g"):e}function nc(e){return typeof e=="function"?e:function(){return e}}function Ri(){return{transforms:[lc],enter:{literalAutolink:ic,literalAutolinkEmail:Li,literalAutolinkHttp:Li,literalAutolinkWww:Li},exit:{literalAutolink:sc,literalAutolinkEmail:oc,literalAutolinkHttp:rc,literalAutolinkWww:ac}}}function ic(e){this.enter({type:"link",title:null,url:"",children:[],position:void 0},e)}function Li(e){this.config.enter.autolinkProtocol.call(this,e)}function rc(e){this.config.exit.autolinkProtocol.call(this,e)}function ac(e){this.config.exit.data.call(this,e);let t=this.stack[this.stack.length-1];t.type,t.url="http://"+this.sliceSerialize(e)}function oc(e){this.config.exit.autolinkEmail.call(this,e)}function sc(e){this.exit(e)}function lc(e){Ni(e,[[/(?<![\da-z])(https?:\/\/|www(?=\.))([\w-]*\.[\w\-.]*)([^\t\n\r ]*)/gi,cc],[/(?<![\w+\-.@])xmpp:([\w+\-.]+)@([\w-]+(?:\.[\w-]+)+)(\/(?:[\w\-/]|\.(?=[\dA-Za-z]))*)?/g,mc],[/(?<![\w+\-.@])mailto:([\w+\-.]+)@([\w-]+(?:\.[\w-]+)+)/g,dc],[/(?<![\w+\-.]|(?:^|[^\d@A-Za-z])(?:mailto|xmpp):)([\w+\-.]+)@([\w-]+(?:\.[\w-]+)+)/g,uc]],{ignore:["link","linkReference"]})}function cc(e,t,n,i,r){if(!fc(r))return!1;let a="";if(/^w/i.test(t)&&(n=t+n,t="",a="http://"),Wt(n.charCodeAt(0))||!hc(n))return!1;let o=pc(n+i),s={type:"link",title:null,url:a+t+o[0],children:[{type:"text",value:t+o[0],position:void 0}],position:void 0};return o[1]?[s,{type:"text",value:o[1],position:void 0}]:s}function uc(e,t,n){return/[\d\-_]$/.test(n)?!1:{type:"link",title:null,url:"mailto:"+t+"@"+n,children:[{type:"text",value:t+"@"+n,position:void 0}],position:void 0}}function dc(e,t,n){if(/[\d\-_]$/.test(n))return!1;let i="mailto:"+t+"@"+n;return{type:"link",title:null,url:i,children:[{type:"text",value:i,position:void 0}],position:void 0}}function mc(e,t,n,i,r){if(/[\d\-_]$/.test(n)||i&&(!/[A-Za-z]$/.test(i)||r.input.charAt(r.index+e.length)==="@"))return!1;let a="xmpp:"+t+"@"+n+(i||"");return{type:"link",title:null,url:a,children:[{type:"text",value:a,position:void 0}],position:void 0}}function hc(e){let t=e.split(".");return!(t.length<2||t[t.length-1]&&(/_/.test(t[t.length-1])||!/[\dA-Za-z]/.test(t[t.length-1]))||t[t.length-2]&&(/_/.test(t[t.length-2])||!/[\dA-Za-z]/.test(t[t.length-2])))}function pc(e){let t=e.length;for(;t>0;){let o=e.charCodeAt(t-1);if(o===33||o===34||o===38||o===39||o===41||o===44||o===46||o===58||o===59||o===60||o===62||o===63||o===93||o===125)t--;else break}if(t===e.length)return[e,void 0];let n=e.slice(t);e=e.slice(0,t);let i=n.indexOf(")"),r=Mi(e,"("),a=Mi(e,")");for(;i!==-1&&r>a;)e+=n.slice(0,i+1),n=n.slice(i+1),i=n.indexOf(")"),a++;return[e,n]}function fc(e){let t=e.input.charCodeAt(e.index-1);return e.index===0||Lt(t)||Wt(t)}pa.attention=yc;pa.peek=wc;function Di(){return{canContainEols:["delete"],enter:{strikethrough:gc},exit:{strikethrough:bc}}}function gc(e){this.enter({type:"delete",children:[],position:void 0},e)}function bc(e){this.exit(e)}function pa(e,t,n,i){let r=n.createTracker(i),a=n.stack.includes("strikethrough")?"~":"~~",o=n.enter("strikethrough"),s=r.move(a);return s+=n.containerPhrasing(e,{...r.current(),before:s,after:"~"}),s+=r.move(a),o(),s}function yc(){return{construct:"strikethrough",markers:["~"],sizes:[2,1]}}function wc(){return"~"}function Oi(){return{enter:{table:kc,tableData:fa,tableHeader:fa,tableRow:xc},exit:{codeText:Ec,table:vc,tableData:Pi,tableHeader:Pi,tableRow:Pi}}}function kc(e){let t=e._align;this.enter({type:"table",align:t.map(function(n){return n==="none"?null:n}),children:[],position:void 0},e),this.data.inTable=!0}function vc(e){this.exit(e),this.data.inTable=void 0}function xc(e){this.enter({type:"tableRow",children:[],position:void 0},e)}function Pi(e){this.exit(e)}function fa(e){this.enter({type:"tableCell",children:[],position:void 0},e)}function Ec(e){let t=this.resume();this.data.inTable&&(t=t.replace(/\\([\\|])/g,Sc));let n=this.stack[this.stack.length-1];n.type,n.value=t,this.exit(e)}function Sc(e,t){return t==="|"?t:e}var Cc={tokenize:Nc,partial:!0},ga={tokenize:Lc,partial:!0},ba={tokenize:Rc,partial:!0},ya={tokenize:Dc,partial:!0},Tc={tokenize:Pc,partial:!0},wa={name:"wwwAutolink",tokenize:Ac,previous:va},ka={name:"protocolAutolink",tokenize:Ic,previous:xa},qt={name:"emailAutolink",tokenize:Mc,previous:Ea},Rt={};function _i(){return{text:Rt}}var le=48;for(;le<123;)Rt[le]=qt,le++,le===58?le=65:le===91&&(le=97);Rt[43]=qt;Rt[45]=qt;Rt[46]=qt;Rt[95]=qt;Rt[72]=[qt,ka];Rt[104]=[qt,ka];Rt[87]=[qt,wa];Rt[119]=[qt,wa];function Mc(e,t,n){let i=this,r,a;return o;function o(h){return!zi(h)||!Ea.call(i,i.previous)||ji(i.events)?n(h):(e.enter("literalAutolink"),e.enter("literalAutolinkEmail"),s(h))}function s(h){return zi(h)?(e.consume(h),s):h===64?(e.consume(h),d):n(h)}function d(h){return h===46?e.check(Tc,u,m)(h):h===45||h===95||at(h)?(a=!0,e.consume(h),d):u(h)}function m(h){return e.consume(h),r=!0,d}function u(h){return a&&r&&rt(i.previous)?(e.exit("literalAutolinkEmail"),e.exit("literalAutolink"),t(h)):n(h)}}function Ac(e,t,n){let i=this;return r;function r(o){return o!==87&&o!==119||!va.call(i,i.previous)||ji(i.events)?n(o):(e.enter("literalAutolink"),e.enter("literalAutolinkWww"),e.check(Cc,e.attempt(ga,e.attempt(ba,a),n),n)(o))}function a(o){return e.exit("literalAutolinkWww"),e.exit("literalAutolink"),t(o)}}function Ic(e,t,n){let i=this,r="",a=!1;return o;function o(h){return(h===72||h===104)&&xa.call(i,i.previous)&&!ji(i.events)?(e.enter("literalAutolink"),e.enter("literalAutolinkHttp"),r+=String.fromCodePoint(h),e.consume(h),s):n(h)}function s(h){if(rt(h)&&r.length<5)return r+=String.fromCodePoint(h),e.consume(h),s;if(h===58){let f=r.toLowerCase();if(f==="http"||f==="https")return e.consume(h),d}return n(h)}function d(h){return h===47?(e.consume(h),a?m:(a=!0,d)):n(h)}function m(h){return h===null||re(h)||$(h)||Lt(h)||Wt(h)?n(h):e.attempt(ga,e.attempt(ba,u),n)(h)}function u(h){return e.exit("literalAutolinkHttp"),e.exit("literalAutolink"),t(h)}}function Nc(e,t,n){let i=0;return r;function r(o){return(o===87||o===119)&&i<3?(i++,e.consume(o),r):o===46&&i===3?(e.consume(o),a):n(o)}function a(o){return o===null?n(o):t(o)}}function Lc(e,t,n){let i,r,a;return o;function o(m){return m===46||m===95?e.check(ya,d,s)(m):m===null||$(m)||Lt(m)||m!==45&&Wt(m)?d(m):(a=!0,e.consume(m),o)}function s(m){return m===95?i=!0:(r=i,i=void 0),e.consume(m),o}function d(m){return r||i||!a?n(m):t(m)}}function Rc(e,t){let n=0,i=0;return r;function r(o){return o===40?(n++,e.consume(o),r):o===41&&i<n?a(o):o===33||o===34||o===38||o===39||o===41||o===42||o===44||o===46||o===58||o===59||o===60||o===63||o===93||o===95||o===126?e.check(ya,t,a)(o):o===null||$(o)||Lt(o)?t(o):(e.consume(o),r)}function a(o){return o===41&&i++,e.consume(o),r}}function Dc(e,t,n){return i;function i(s){return s===33||s===34||s===39||s===41||s===42||s===44||s===46||s===58||s===59||s===63||s===95||s===126?(e.consume(s),i):s===38?(e.consume(s),a):s===93?(e.consume(s),r):s===60||s===null||$(s)||Lt(s)?t(s):n(s)}function r(s){return s===null||s===40||s===91||$(s)||Lt(s)?t(s):i(s)}function a(s){return rt(s)?o(s):n(s)}function o(s){return s===59?(e.consume(s),i):rt(s)?(e.consume(s),o):n(s)}}function Pc(e,t,n){return i;function i(a){return e.consume(a),r}function r(a){return at(a)?n(a):t(a)}}function va(e){return e===null||e===40||e===42||e===95||e===91||e===93||e===126||$(e)}function xa(e){return!rt(e)}function Ea(e){return!(e===47||zi(e))}function zi(e){return e===43||e===45||e===46||e===95||at(e)}function ji(e){let t=e.length,n=!1;for(;t--;){let i=e[t][1];if((i.type==="labelLink"||i.type==="labelImage")&&!i._balanced){n=!0;break}if(i._gfmAutolinkLiteralWalkedInto){n=!1;break}}return e.length>0&&!n&&(e[e.length-1][1]._gfmAutolinkLiteralWalkedInto=!0),n}function Bi(e){let n=(e||{}).singleTilde,i={name:"strikethrough",tokenize:a,resolveAll:r};return n==null&&(n=!0),{text:{126:i},insideSpan:{null:[i]},attentionMarkers:{null:[126]}};function r(o,s){let d=-1;for(;++d<o.length;)if(o[d][0]==="enter"&&o[d][1].type==="strikethroughSequenceTemporary"&&o[d][1]._close){let m=d;for(;m--;)if(o[m][0]==="exit"&&o[m][1].type==="strikethroughSequenceTemporary"&&o[m][1]._open&&o[d][1].end.offset-o[d][1].start.offset===o[m][1].end.offset-o[m][1].start.offset){o[d][1].type="strikethroughSequence",o[m][1].type="strikethroughSequence";let u={type:"strikethrough",start:Object.assign({},o[m][1].start),end:Object.assign({},o[d][1].end)},h={type:"strikethroughText",start:Object.assign({},o[m][1].end),end:Object.assign({},o[d][1].start)},f=[["enter",u,s],["enter",o[m][1],s],["exit",o[m][1],s],["enter",h,s]],p=s.parser.constructs.insideSpan.null;p&&ot(f,f.length,0,Kt(p,o.slice(m+1,d),s)),ot(f,f.length,0,[["exit",h,s],["enter",o[d][1],s],["exit",o[d][1],s],["exit",u,s]]),ot(o,m-1,d-m+3,f),d=m+f.length-2;break}}for(d=-1;++d<o.length;)o[d][1].type==="strikethroughSequenceTemporary"&&(o[d][1].type="data");return o}function a(o,s,d){let m=this.previous,u=this.events,h=0;return f;function f(x){return m===126&&u[u.length-1][1].type!=="characterEscape"?d(x):(o.enter("strikethroughSequenceTemporary"),p(x))}function p(x){let A=be(m);if(x===126)return h>1?d(x):(o.consume(x),h++,p);if(h<2&&!n)return d(x);let S=o.exit("strikethroughSequenceTemporary"),v=be(x);return S._open=!v||v===2&&!!A,S._close=!A||A===2&&!!v,s(x)}}}var xn=class{constructor(){this.map=[],this.index=new Map}add(t,n,i){Oc(this,t,n,i)}consume(t){if(this.map.sort(function(a,o){return a[0]-o[0]}),this.map.length===0)return;let n=this.map.length,i=[];for(;n>0;)n-=1,i.push(t.slice(this.map[n][0]+this.map[n][1]),this.map[n][2]),t.length=this.map[n][0];i.push(t.slice()),t.length=0;let r=i.pop();for(;r;){for(let a of r)t.push(a);r=i.pop()}this.map.length=0,this.index.clear()}};function Oc(e,t,n,i){if(n===0&&i.length===0)return;let r=e.index.get(t);if(r){r[1]+=n,r[2].push(...i);return}let a=[t,n,i];e.map.push(a),e.index.set(t,a)}function Sa(e,t){let n=!1,i=[];for(;t<e.length;){let r=e[t];if(n){if(r[0]==="enter")r[1].type==="tableContent"&&i.push(e[t+1][1].type==="tableDelimiterMarker"?"left":"none");else if(r[1].type==="tableContent"){if(e[t-1][1].type==="tableDelimiterMarker"){let a=i.length-1;i[a]=i[a]==="left"?"center":"right"}}else if(r[1].type==="tableDelimiterRow")break}else r[0]==="enter"&&r[1].type==="tableDelimiterRow"&&(n=!0);t+=1}return i}function Fi(){return{flow:{null:{name:"table",tokenize:zc,resolveAll:_c}}}}function zc(e,t,n){let i=this,r=0,a=0,o;return s;function s(y){let U=i.events.length-1;for(;U>-1;){let{type:H}=i.events[U][1];if(H==="lineEnding"||H==="linePrefix")U--;else break}let V=U>-1?i.events[U][1].type:null,M=V==="tableHead"||V==="tableRow"?k:d;return M===k&&i.parser.lazy[i.now().line]?n(y):M(y)}function d(y){return e.enter("tableHead"),e.enter("tableRow"),m(y)}function m(y){return y===124||(o=!0,a+=1),u(y)}function u(y){return y===null?n(y):T(y)?a>1?(a=0,i.interrupt=!0,e.exit("tableRow"),e.enter("lineEnding"),e.consume(y),e.exit("lineEnding"),p):n(y):N(y)?D(e,u,"whitespace")(y):(a+=1,o&&(o=!1,r+=1),y===124?(e.enter("tableCellDivider"),e.consume(y),e.exit("tableCellDivider"),o=!0,u):(e.enter("data"),h(y)))}function h(y){return y===null||y===124||$(y)?(e.exit("data"),u(y)):(e.consume(y),y===92?f:h)}function f(y){return y===92||y===124?(e.consume(y),h):h(y)}function p(y){return i.interrupt=!1,i.parser.lazy[i.now().line]?n(y):(e.enter("tableDelimiterRow"),o=!1,N(y)?D(e,x,"linePrefix",i.parser.constructs.disable.null.includes("codeIndented")?void 0:4)(y):x(y))}function x(y){return y===45||y===58?S(y):y===124?(o=!0,e.enter("tableCellDivider"),e.consume(y),e.exit("tableCellDivider"),A):q(y)}function A(y){return N(y)?D(e,S,"whitespace")(y):S(y)}function S(y){return y===58?(a+=1,o=!0,e.enter("tableDelimiterMarker"),e.consume(y),e.exit("tableDelimiterMarker"),v):y===45?(a+=1,v(y)):y===null||T(y)?R(y):q(y)}function v(y){return y===45?(e.enter("tableDelimiterFiller"),O(y)):q(y)}function O(y){return y===45?(e.consume(y),O):y===58?(o=!0,e.exit("tableDelimiterFiller"),e.enter("tableDelimiterMarker"),e.consume(y),e.exit("tableDelimiterMarker"),C):(e.exit("tableDelimiterFiller"),C(y))}function C(y){return N(y)?D(e,R,"whitespace")(y):R(y)}function R(y){return y===124?x(y):y===null||T(y)?!o||r!==a?q(y):(e.exit("tableDelimiterRow"),e.exit("tableHead"),t(y)):q(y)}function q(y){return n(y)}function k(y){return e.enter("tableRow"),_(y)}function _(y){return y===124?(e.enter("tableCellDivider"),e.consume(y),e.exit("tableCellDivider"),_):y===null||T(y)?(e.exit("tableRow"),t(y)):N(y)?D(e,_,"whitespace")(y):(e.enter("data"),W(y))}function W(y){return y===null||y===124||$(y)?(e.exit("data"),_(y)):(e.consume(y),y===92?tt:W)}function tt(y){return y===92||y===124?(e.consume(y),W):W(y)}}function _c(e,t){let n=-1,i=!0,r=0,a=[0,0,0,0],o=[0,0,0,0],s=!1,d=0,m,u,h,f=new xn;for(;++n<e.length;){let p=e[n],x=p[1];p[0]==="enter"?x.type==="tableHead"?(s=!1,d!==0&&(Ca(f,t,d,m,u),u=void 0,d=0),m={type:"table",start:Object.assign({},x.start),end:Object.assign({},x.end)},f.add(n,0,[["enter",m,t]])):x.type==="tableRow"||x.type==="tableDelimiterRow"?(i=!0,h=void 0,a=[0,0,0,0],o=[0,n+1,0,0],s&&(s=!1,u={type:"tableBody",start:Object.assign({},x.start),end:Object.assign({},x.end)},f.add(n,0,[["enter",u,t]])),r=x.type==="tableDelimiterRow"?2:u?3:1):r&&(x.type==="data"||x.type==="tableDelimiterMarker"||x.type==="tableDelimiterFiller")?(i=!1,o[2]===0&&(a[1]!==0&&(o[0]=o[1],h=En(f,t,a,r,void 0,h),a=[0,0,0,0]),o[2]=n)):x.type==="tableCellDivider"&&(i?i=!1:(a[1]!==0&&(o[0]=o[1],h=En(f,t,a,r,void 0,h)),a=o,o=[a[1],n,0,0])):x.type==="tableHead"?(s=!0,d=n):x.type==="tableRow"||x.type==="tableDelimiterRow"?(d=n,a[1]!==0?(o[0]=o[1],h=En(f,t,a,r,n,h)):o[1]!==0&&(h=En(f,t,o,r,n,h)),r=0):r&&(x.type==="data"||x.type==="tableDelimiterMarker"||x.type==="tableDelimiterFiller")&&(o[3]=n)}for(d!==0&&Ca(f,t,d,m,u),f.consume(t.events),n=-1;++n<t.events.length;){let p=t.events[n];p[0]==="enter"&&p[1].type==="table"&&(p[1]._align=Sa(t.events,n))}return e}function En(e,t,n,i,r,a){let o=i===1?"tableHeader":i===2?"tableDelimiter":"tableData",s="tableContent";n[0]!==0&&(a.end=Object.assign({},ke(t.events,n[0])),e.add(n[0],0,[["exit",a,t]]));let d=ke(t.events,n[1]);if(a={type:o,start:Object.assign({},d),end:Object.assign({},d)},e.add(n[1],0,[["enter",a,t]]),n[2]!==0){let m=ke(t.events,n[2]),u=ke(t.events,n[3]),h={type:s,start:Object.assign({},m),end:Object.assign({},u)};if(e.add(n[2],0,[["enter",h,t]]),i!==2){let f=t.events[n[2]],p=t.events[n[3]];if(f[1].end=Object.assign({},p[1].end),f[1].type="chunkText",f[1].contentType="text",n[3]>n[2]+1){let x=n[2]+1,A=n[3]-n[2]-1;e.add(x,A,[])}}e.add(n[3]+1,0,[["exit",h,t]])}return r!==void 0&&(a.end=Object.assign({},ke(t.events,r)),e.add(r,0,[["exit",a,t]]),a=void 0),a}function Ca(e,t,n,i,r){let a=[],o=ke(t.events,n);r&&(r.end=Object.assign({},o),a.push(["exit",r,t])),i.end=Object.assign({},o),a.push(["exit",i,t]),e.add(n+1,0,a)}function ke(e,t){let n=e[t],i=n[0]==="enter"?"start":"end";return n[1][i]}var jc=["htmlFlow","htmlText","characterReference","codeIndented","setextUnderline","definition","labelStartImage"],Bc={extensions:[_i(),Bi({singleTilde:!1}),Fi(),{disable:{null:jc}}],mdastExtensions:[Ri(),Di(),Oi()]},ve=e=>Ti(e,Bc),Ta=e=>e.position?.end.offset??0,qi=e=>e.position?.start.offset??0;var Aa=800,Ma=new WeakMap;function Fc(e,t){return Pe(Ia(ve(e.slice(0,Aa))),t)}function dt(e,t){let n=Ma.get(e);return n===void 0&&(n=Fc(e.content,Aa),Ma.set(e,n)),Pe(n,t)}var qc=new Set(["paragraph","heading","code","listItem","tableRow","tableCell","break"]);function Ia(e){let t="children"in e?e.children.map(n=>Ia(n)).join(""):"value"in e?e.value:"";return qc.has(e.type)?`${t} `:t}var Hc=300,Sn=class{element=c("div.visually-hidden",{role:"status","aria-live":"polite"});#t;constructor(t){this.#t=t,t.client.on("message",n=>this.#e(n))}#e({chat:t,message:n,missed:i}){i||t.id!==this.#t.chat?.id||n.sender.id===this.#t.client.me.id||(this.element.textContent=l.says(L(n.sender.displayName),L(dt(n,Hc)||l.attachment)))}};var Cn=class{element=c("div.banner",{role:"status","aria-live":"polite",hidden:!0});#t;#e=c("span",{});#n;#i=!0;constructor(t){this.#t=t}show(t){clearInterval(this.#n),this.element.dataset.phase=t.phase,this.element.hidden=t.phase==="online"||this.#i&&t.phase==="connecting",t.phase!=="connecting"&&(this.#i=!1),t.phase==="connecting"?this.element.replaceChildren(l.connecting):t.phase==="waiting"?this.#r(t.retryAt):t.phase==="closed"&&this.#o(t.reason)}#r(t){let n=()=>this.#e.textContent=l.retryingIn(Math.max(0,Math.ceil((t-Date.now())/1e3)));this.#n=setInterval(n,1e3),n(),this.#e.setAttribute("aria-hidden","true"),this.element.replaceChildren(`${l.offline} `,this.#e,F(l.tryNow,this.#t))}#o(t){this.element.replaceChildren(`${l.connectionEnded} ${t?ct(t):""} `,F(l.reload,()=>location.reload()))}};var $c=10,Uc=e=>e.split(/[\s_.-]+/).filter(Boolean).slice(0,2).map(t=>[...t][0].toUpperCase()).join("")||"?";function Na(e){let t=7;for(let n of e)t=(t*31+n.codePointAt(0))%9973;return t%$c}function gt(e,t){let n=t&&c(`span.dot.${t}`,{role:"img","aria-label":l.status[t]});return c(`span.avatar.hue-${Na(e.id)}`,{},c("bdi",{"aria-hidden":"true"},Uc(e.displayName)),n)}function xe(e){let{kind:t,peer:n}=e.object;return t==="direct"?gt(n??{id:e.id,displayName:e.name},n?.status):c(`span.avatar.square.hue-${Na(e.id)}`,{},Y(t==="channel"?"hash":"people"))}function La(e){let{limits:t}=e;return t?.contentChars??4096}var nt=e=>e.object.kind==="channel"?`#${e.name}`:e.name;var Gc=6e3;function X(e,...t){let n=c("h2",{dir:"auto"},J(e)),i=Q("close",l.close,()=>r.close()),r=c("dialog",{onclose:()=>r.remove(),"aria-label":e},c("header",{},n,i),...t);return r.addEventListener("mousedown",a=>a.target===r&&Wc(r,a)&&r.close()),document.body.append(r),r.showModal(),r}function Wc(e,{clientX:t,clientY:n}){let{left:i,right:r,top:a,bottom:o}=e.getBoundingClientRect();return t<i||t>r||n<a||n>o}function ht({title:e,text:t,quote:n,action:i,danger:r=!0}){return new Promise(a=>{let o=m=>()=>{a(m),d.close()},s=F(l.cancel,o(!1)),d=X(e,c("p",{},J(t)),n!==void 0&&c("blockquote",{dir:"auto"},P(n)),c("footer",{},s,F(i,o(!0),r?"danger":"primary")));d.addEventListener("close",()=>a(!1)),s.focus()})}function Z(e){let t=document.querySelector(".toasts")??c("div.toasts",{role:"status","aria-live":"polite"});([...document.querySelectorAll("dialog[open]")].at(-1)??document.body).append(t);let n=c("div.toast",{dir:"auto"},J(e));t.append(n),setTimeout(()=>n.remove(),Gc)}async function I(e){try{return await e}catch(t){Z(ct(t));return}}var Ra=e=>e.normalize("NFKC").toLocaleLowerCase(),Da=({object:e})=>e.lastMessage?.createdAt??e.updatedAt;function Jt(e,t=""){let n=Ra(t.trim().replace(/^#/,""));return e.client.chats.filter(i=>i.object.active||i.id===e.chat?.id).filter(i=>Ra(i.name).includes(n)).sort((i,r)=>Da(r).localeCompare(Da(i))||i.id.localeCompare(r.id))}var Vc=12;function Pa(e){if(document.querySelector("dialog.switcher"))return;let t=[],n=0,i=c("ul.options",{id:"switcher",role:"listbox","aria-label":l.chats}),r=h=>{h&&(u.close(),e.open(h.id))},a=()=>{i.replaceChildren(...t.map((h,f)=>c("li",{role:"option",id:`switch-${f}`,"aria-selected":String(f===n),onclick:()=>r(h)},xe(h),c("span.lines",{},P(nt(h)))))),t.length?m.setAttribute("aria-activedescendant",`switch-${n}`):m.removeAttribute("aria-activedescendant"),i.children[n]?.scrollIntoView({block:"nearest"}),d.hidden=t.length>0},o=()=>{t=Jt(e,m.value).slice(0,Vc),n=0,a()},s=h=>{let f={ArrowDown:1,ArrowUp:-1}[h.key];if(h.key==="Enter"&&!h.isComposing)r(t[n]);else if(f&&t.length)n=(n+f+t.length)%t.length;else return;h.preventDefault(),a()},d=c("p.empty",{role:"status"},l.noChatOfThatName),m=c("input",{type:"text",role:"combobox","aria-expanded":"true","aria-controls":"switcher","aria-label":l.goToChat,placeholder:l.goToChat,autocomplete:"off",dir:"auto",oninput:o,onkeydown:s}),u=X(l.goToChat,m,d,i);u.classList.add("switcher"),o(),m.focus()}var za=864e5,_a=new Intl.DateTimeFormat(Mt,{hour:"numeric",minute:"2-digit"}),Kc=new Intl.DateTimeFormat(Mt,{weekday:"long",day:"numeric",month:"long"}),Yc=new Intl.DateTimeFormat(Mt,{weekday:"long",day:"numeric",month:"long",year:"numeric"}),Zc=new Intl.DateTimeFormat(Mt,{day:"numeric",month:"short"}),Jc=new Intl.DateTimeFormat(Mt,{day:"numeric",month:"short",year:"numeric"}),Qc=new Intl.DateTimeFormat(Mt,{dateStyle:"medium",timeStyle:"short"}),Xc=new Intl.NumberFormat(Mt),tu=new Intl.NumberFormat(Mt,{maximumFractionDigits:1}),eu=new Intl.Collator(Mt,{sensitivity:"base",numeric:!0}),nu=new Intl.ListFormat(Mt,{type:"conjunction"}),Tn=(e,t)=>e.toDateString()===t.toDateString(),kt=e=>Xc.format(e),Mn=e=>nu.format(e),Ue=e=>_a.format(new Date(e)),Et=e=>Qc.format(new Date(e)),ja=(e,t)=>eu.compare(e,t);function Ba(e){let t=new Date(e),n=new Date;return Tn(t,n)?l.today:Tn(t,new Date(n.getTime()-za))?l.yesterday:(t.getFullYear()===n.getFullYear()?Kc:Yc).format(t)}function Ee(e){let t=new Date(e),n=new Date;return Tn(t,n)?_a.format(t):Tn(t,new Date(n.getTime()-za))?l.yesterday:(t.getFullYear()===n.getFullYear()?Zc:Jc).format(t)}var Oa=["B","KB","MB","GB"];function Fa(e){let t=Math.min(Oa.length-1,Math.floor(Math.log2(Math.max(e,1))/10));return`${tu.format(e/1024**t)} ${Oa[t]}`}function An(e,t){let n=new Set(t);for(let r of[...e.children])n.has(r)||r.remove();let i=e.firstElementChild;for(let r of t)r===i?i=i.nextElementSibling:e.insertBefore(r,i)}var iu=660,qa=.18,ru=.08,Nn=()=>"Notification"in window;async function Ha(){return Nn()&&await Notification.requestPermission()==="granted"}var In=class{#t;constructor(t){this.#t=t,t.client.on("message",n=>this.#e(n))}#e({chat:t,message:n,missed:i}){let r=this.#t.client.me.id;if(i||n.sender.id===r||t.object.muted&&!n.mentions.includes(r)||document.visibilityState==="visible"||(Ut.sound()&&au(),!Ut.enabled()||!Nn()||Notification.permission!=="granted"))return;let s=t.object.kind==="direct"?n.sender.displayName:l.notificationTitle(L(n.sender.displayName),L(nt(t))),d=new Notification(s,{body:dt(n,160)||l.attachment,tag:t.id,icon:"/assets/icon.svg"});d.onclick=()=>{window.focus(),this.#t.showMessage(n),d.close()}}};function au(){let e=new AudioContext,t=e.createOscillator(),n=e.createGain();t.frequency.value=iu,n.gain.setValueAtTime(ru,e.currentTime),n.gain.exponentialRampToValueAtTime(1e-4,e.currentTime+qa),t.connect(n).connect(e.destination),t.onended=()=>{e.close()},t.start(),t.stop(e.currentTime+qa)}var ou=128;function Qt(e,t={},n){let i=G(e,{type:"password",required:!0,maxlength:ou,dir:"ltr",...t},n),r=c("button.show",{type:"button","aria-pressed":"false","aria-label":l.showPassword(e)},l.show);r.addEventListener("click",()=>{let o=i.input.type==="password";i.input.type=o?"text":"password",r.setAttribute("aria-pressed",String(o)),r.textContent=o?l.hide:l.show});let a=c("span.with-button",{});return i.input.replaceWith(a),a.append(i.input,r),i}function ce(e,...t){return c("details",{},c("summary",{},e),...t)}function Se(e,t,n,...i){let r=ce(e,t,...i);return r.addEventListener("toggle",()=>r.open&&void n()),r}function $a(e){let{client:t}=e,n=async()=>{let o=await I(t.command({type:"EXPORT_MY_DATA"}));o&&location.assign(o.url)},i=Qt(l.currentPassword,{autocomplete:"current-password"}),r=async o=>{o.preventDefault(),!(!await ht({title:l.deleteAccount,text:l.deleteAccountText,action:l.deleteAccount})||!await I(t.command({type:"DELETE_ACCOUNT",password:i.input.value})))&&(Z(l.accountDeleted),await e.logOut(!1))},a=t.me.kind==="human";return ce(l.account,c("p",{},F(l.downloadMyData,()=>{n()})),a&&c("form",{onsubmit:r},c("p.hint",{},l.deleteAccountText),i.element,c("button.danger",{type:"submit"},l.deleteAccount)))}var su=100;function Ua(e){let{client:t}=e,n=c("ul.results",{"aria-label":l.archivedChats}),i=c("p.empty",{role:"status"}),r=async()=>{let a=await I(t.command({type:"GET_CHATS",scope:"archived",limit:su}));a&&(n.replaceChildren(...a.chats.map(o=>{let s=async()=>await I(t.command({type:"UPDATE_CHAT",chatId:o.id,active:!0}))&&r(),d=o.myRole==="owner"||o.myRole==="admin";return c("li",{},c("span.lines",{},c("strong",{},P(o.name)),c("small",{},l.members(o.memberCount))),d&&F(l.restore,()=>{s()}))})),i.textContent=a.chats.length?"":l.noArchivedChats)};return Se(l.archivedChats,n,r,i)}var Wa=30,Ga={member:0,moderator:1,admin:2},lu=["member","moderator","admin"];function Va(e){let t=c("dl",{}),n=mu(e),i=ce(l.moderation.title,t,uu(e),c("h3",{},l.moderation.log),n.element);return i.addEventListener("toggle",()=>{i.open&&(cu(e,t),n.load())}),i}async function cu(e,t){let n=await I(e.client.command({type:"GET_STATS"})),i=["connections","users","chats","messages"].map(r=>[l.moderation.stats[r],n?.[r]??0]);t.replaceChildren(...i.flatMap(([r,a])=>[c("dt",{},r),c("dd",{},kt(a))]))}function uu(e){let t=c("ul.results",{"aria-label":l.moderation.users}),{element:n,input:i}=G(l.moderation.findUser,{type:"search",required:!0});return c("div",{},c("form.inline",{onsubmit:async a=>{a.preventDefault();let o=await I(e.client.command({type:"GET_USERS",search:i.value.trim(),limit:Wa}));t.replaceChildren(...(o?.users??[]).map(s=>du(e,s))),t.children.length===0&&t.append(c("li.empty",{},l.nothingFound))}},n,c("button",{type:"submit"},l.search)),t)}function du(e,t){let{client:n}=e,i=L(t.displayName),r=async()=>{await ht({title:l.moderation.banTitle,text:l.moderation.banText(i),action:l.moderation.ban})&&await I(n.command({type:"BAN_USER",userId:t.id}))&&Z(l.moderation.banned(i))},a=async()=>await I(n.command({type:"UNBAN_USER",userId:t.id}))&&Z(l.moderation.unbanned(i)),o=async()=>await I(n.command({type:"DISCONNECT_USER",userId:t.id}))&&Z(l.moderation.disconnected(i)),s=m=>{I(n.command({type:"SET_USER_ROLE",userId:t.id,role:m}))},d=Ga[t.role]<Ga[n.me.role];return c("li.moderated",{},gt(t,t.status),c("span.lines",{},c("strong",{},P(t.displayName)),c("small",{},P(`@${t.username}`),` · ${l.serverRoles[t.role]}`)),d&&c("span.actions",{},F(l.moderation.disconnect,()=>{o()}),F(l.moderation.ban,()=>{r()},"danger"),F(l.moderation.unban,()=>{a()}),n.me.role==="admin"&&ee(l.profile.role,lu.map(m=>({value:m,label:l.serverRoles[m]})),t.role,s)))}function mu(e){let t=c("ul.results",{"aria-label":l.moderation.log}),n=F(l.loadMore,()=>{r(i)}),i,r=async a=>{let o=await I(e.client.command({type:"GET_AUDIT_LOG",limit:Wa,cursor:a}));o&&(a===void 0&&t.replaceChildren(),t.append(...o.entries.map(s=>hu(e,s))),i=o.nextCursor,n.hidden=i===void 0)};return{element:c("div",{},t,n),load:()=>r()}}function hu(e,{at:t,actorId:n,command:i,targetId:r,reason:a}){let{me:o,users:s}=e.client.state,d=u=>L((u===o?.id?o:s.get(u))?.displayName??u),m=r?`${d(n)} → ${d(r)}`:d(n);return c("li",{},c("span.lines",{},c("strong",{dir:"ltr"},i),c("small",{},J(m),a?" · ":"",a?P(a):"")),c("time",{datetime:t},Et(t)))}function Ka(e){let t=Qt(l.currentPassword,{autocomplete:"current-password"}),n=Qt(l.newPassword,{minlength:8,autocomplete:"new-password"},l.passwordRules),i=async r=>{r.preventDefault();let a={oldPassword:t.input.value,newPassword:n.input.value};await I(e.client.command({type:"CHANGE_PASSWORD",...a}))&&(t.input.value=n.input.value="",Z(l.passwordChanged))};return ce(l.changePassword,c("form",{onsubmit:i},t.element,n.element,c("button",{type:"submit"},l.changePassword)))}function Ya(e){let{me:t}=e.client,n=G(l.displayName,{value:t.displayName,required:!0,maxlength:80}),i=G(l.username,{value:t.username,required:!0,minlength:3,maxlength:32,pattern:"[A-Za-z0-9_.\\-]{3,32}",title:l.usernameRules,dir:"ltr",spellcheck:"false"},l.usernameRules),r=G(l.emailOptional,{type:"email",value:t.email??"",dir:"ltr"});return c("form",{onsubmit:async o=>{o.preventDefault();let s={...n.input.value.trim()!==t.displayName?{displayName:n.input.value.trim()}:{},...i.input.value.trim()!==t.username?{username:i.input.value.trim()}:{},...r.input.value.trim()&&r.input.value.trim()!==t.email?{email:r.input.value.trim()}:{}};if(Object.keys(s).length===0)return Z(l.saved);await I(e.client.command({type:"UPDATE_USER",...s}))&&Z(l.saved)}},n.element,i.element,r.element,c("button",{type:"submit"},l.save))}function Za(e){let{client:t}=e,n=c("ul.results",{"aria-label":l.sessions}),i=async()=>{let r=await I(t.command({type:"GET_SESSIONS"}));n.replaceChildren(...(r?.sessions??[]).map(({id:a,deviceId:o,lastSeenAt:s,current:d})=>{let m=async()=>await I(t.command({type:"REVOKE_SESSION",sessionId:a}))&&i();return c("li",{},c("span.lines",{},c("strong",{},o?P(o):l.unnamedDevice),c("small",{},l.lastUsed(Et(s)))),d?c("span.chip",{},l.thisDevice):F(l.logOut,()=>{m()}))}))};return Se(l.sessions,n,i)}function Ja(e){let{client:t}=e,n=c("ul.results",{"aria-label":l.tokens}),i=c("div.secret",{hidden:!0,role:"status"}),r=async()=>{let m=await I(t.command({type:"GET_API_TOKENS"}));n.replaceChildren(...(m?.tokens??[]).map(({id:u,name:h,scopes:f,lastUsedAt:p})=>{let x=async()=>{await ht({title:l.revokeTitle,text:l.revokeText(L(h)),action:l.revoke})&&await I(t.command({type:"REVOKE_API_TOKEN",tokenId:u}))&&await r()},A=p?l.lastUsed(Et(p)):l.neverUsed;return c("li",{},c("span.lines",{},c("strong",{},P(h)),c("small",{},`${f.join(", ")} · ${A}`)),F(l.revoke,()=>{x()},"danger"))}))},a=G(l.tokenName,{required:!0,maxlength:80}),o=G(l.botUsernameOptional,{maxlength:32,dir:"ltr",spellcheck:"false"},l.botUsernameHint),d=c("form",{onsubmit:async m=>{m.preventDefault();let u=await I(t.command({type:"CREATE_API_TOKEN",name:a.input.value.trim(),botUsername:o.input.value.trim()||void 0}));u&&(i.hidden=!1,i.replaceChildren(c("p",{},l.secretOnce),c("code",{dir:"ltr"},u.secret)),a.input.value=o.input.value="",await r())}},a.element,o.element,c("button",{type:"submit"},l.createToken));return Se(l.tokens,n,r,i,d)}var pu=["system","light","dark"],fu=["comfortable","compact"],gu=[["en","English"],["de","Deutsch"],["ar","العربية"]];function Qa(e){let t=e.client.me.kind==="human";X(l.settings,Ya(e),bu(e),yu(),t&&Ka(e),t&&Za(e),t&&Ja(e),Ua(e),e.client.me.role!=="member"&&Va(e),$a(e),c("footer",{},c("a",{href:"/docs",target:"_blank"},l.protocolReference),c("span.spacer"),t&&F(l.logOutEverywhere,()=>{e.logOut(!0)}),F(l.logOut,()=>{e.logOut(!1)},"primary"))).classList.add("settings")}function bu(e){let{client:t}=e,n=a=>{jt.set(a),t.command({type:"UPDATE_SETTINGS",settings:{theme:a}}).catch(()=>{})},i=a=>{Oe.set(a||void 0),location.reload()},r=a=>{I(t.command({type:"SET_PRESENCE",status:a}))};return c("div.grid",{},ee(l.appearance,pu.map(a=>({value:a,label:l.themes[a]})),jt.get(),n),ee(l.density,fu.map(a=>({value:a,label:l.densities[a]})),ne.get(),a=>ne.set(a)),ee(l.language,[{value:"",label:l.browserLanguage},...gu.map(([a,o])=>({value:a,label:o}))],Oe.get()??"",i),ee(l.showMeAs,[{value:"online",label:l.status.online},{value:"away",label:l.status.away}],t.me.status==="away"?"away":"online",r))}function yu(){let e=async t=>{if(t&&!await Ha())return void Z(l.notificationsBlocked);Ut.enable(t)};return c("div",{},Nn()&&ni(l.desktopNotifications,Ut.enabled(),t=>{e(t)}),ni(l.sound,Ut.sound(),t=>Ut.setSound(t)))}var wu=200;function Ln(e,t,n){let i=e.client.state.rooms.has(t.chatId)?e.client.chat(t.chatId):void 0,r=()=>{n(),e.showMessage(t)},a=i?l.inChat(L(nt(i))):l.inAnotherChat;return c("button.hit",{type:"button",onclick:r,disabled:!i},c("span.line",{},c("strong",{},P(t.sender.displayName)),c("small",{},J(a)),c("time",{datetime:t.createdAt},Ee(t.createdAt))),c("span.text",{dir:"auto"},dt(t,wu)))}var ku=30;function Xa(e){let t=c("ul.results",{"aria-label":l.mentions}),n=c("p.empty",{role:"status"},l.loading),i=F(l.loadMore,()=>{a()});i.hidden=!0;let r,a=async()=>{i.hidden=!0;try{let s=await e.client.command({type:"GET_MENTIONS",limit:ku,cursor:r});t.append(...s.messages.map(d=>vu(e,d,()=>o.close()))),r=s.nextCursor,i.hidden=r===void 0,n.textContent=t.children.length?"":l.noMentions}catch(s){n.textContent=ct(s)}},o=X(l.mentions,n,t,i);a()}function vu(e,t,n){let i=e.client.state.rooms.get(t.chatId)?.chat.readSeq??1/0,r=t.seq>i;return c(r?"li.unread":"li",{},Ln(e,t,n),r&&c("span.unread-dot",{role:"img","aria-label":l.unread}))}var xu=8,Eu=2,Su=0;function Ge(e,t,{several:n}){let i=`people-${++Su}`,r=c("datalist",{id:i}),{element:a,input:o}=G(t,{list:i,placeholder:n?"ann, ben":"ann",autocapitalize:"none",spellcheck:"false",dir:"ltr",required:!n}),s=async()=>{let m=o.value.split(","),u=m.pop().trim().replace(/^@/,"");if(u.length<Eu)return;let h=m.length?`${m.join(",")}, `:"",f=await e.client.command({type:"GET_USERS",search:u,limit:xu}).catch(()=>{});r.replaceChildren(...(f?.users??[]).map(p=>c("option",{value:h+p.username},p.displayName)))};return o.addEventListener("input",()=>{s()}),a.append(r),{element:a,names:()=>o.value.split(",").map(m=>m.trim().replace(/^@/,"")).filter(Boolean),clear:()=>o.value=""}}var Cu=["direct","group","channel","browse"],Tu=50,Mu=200;function We(e){let t=c("div",{}),n=a=>{r.close(),e.open(a.id)},i=a=>{let o=Cu.map(s=>c("button",{type:"button",role:"tab","aria-selected":String(s===a),onclick:()=>i(s)},l.newChatTabs[s]));t.replaceChildren(c("div.tabs",{role:"tablist"},...o),a==="browse"?Iu(e,n):Au(e,a,n)),t.querySelector("input")?.focus()},r=X(l.newChat,t);i("direct")}function Au(e,t,n){let i=Ge(e,l.username,{several:!1}),r=G(t==="channel"?l.channelName:l.name,{required:t==="channel",maxlength:80}),a=G(l.descriptionOptional,{maxlength:500}),o=Ge(e,l.membersOptional,{several:!0}),s=async()=>{if(t==="direct")return e.client.direct(i.names()[0]??"");let u={name:r.input.value.trim().replace(/^#/,"")||void 0,description:a.input.value.trim()||void 0};return e.client.create({kind:t,...u,members:o.names()})},d=async u=>{u.preventDefault();let h=await I(s());h&&n(h)},m=t==="direct"?[i.element]:[r.element,a.element,o.element];return c("form",{onsubmit:d},c("p.hint",{},l.newChatHints[t]),...m,c("button.primary",{type:"submit"},t==="direct"?l.openChat:l.create))}function Iu(e,t){let n=c("ul.results",{"aria-label":l.channels}),i=c("p.empty",{role:"status"}),r=0,a,o=async()=>{let u=++r,h=await I(e.client.command({type:"GET_CHATS",scope:"public",search:m.value.trim()||void 0,limit:Tu}));u!==r||!h||(n.replaceChildren(...h.chats.map(f=>Nu(e,f,t))),i.textContent=h.chats.length?"":l.noChannelOfThatName)},s=()=>{clearTimeout(a),a=setTimeout(()=>{o()},Mu)},{element:d,input:m}=G(l.findChannel,{type:"search",oninput:s});return o(),c("div",{},d,i,n)}function Nu(e,t,n){let i=e.client.state.rooms.has(t.id),r=async()=>{let a=i?e.client.chat(t.id):await I(e.client.join(t.id));a&&n(a)};return c("li.channel",{},c("span.lines",{},c("strong",{},P(`#${t.name}`)),c("small",{},l.members(t.memberCount),t.description&&" · ",t.description&&P(t.description))),c("button",{type:"button",onclick:()=>{r()}},i?l.open:l.join))}var Lu=250,Ru=50;function Rn(e,t){let n=c("ul.results",{"aria-label":l.results}),i=c("p.empty",{role:"status"}),r,a=0,o=(f,p)=>{n.replaceChildren(...f.map(x=>c("li",{},Ln(e,x,()=>h.close())))),i.textContent=p},s=async()=>{let f=u.value.trim(),p=++a;if(!f)return o([],"");i.textContent=l.searching;try{let{messages:x}=await e.client.command({type:"SEARCH_MESSAGES",query:f,chatId:t?.id,limit:Ru});p===a&&o(x,x.length?l.found(x.length):l.nothingFound)}catch(x){p===a&&o([],ct(x))}},d=()=>{clearTimeout(r),r=setTimeout(()=>{s()},Lu)},{element:m,input:u}=G(t?l.searchIn(L(t.name)):l.searchAllChats,{type:"search",oninput:d}),h=X(l.search,m,i,n);u.focus()}var to=70,Dn=class{element;#t;#e=c("ul.chats",{"aria-label":l.chats});#n=c("button.me",{type:"button",title:l.settings,onclick:()=>Qa(this.#t)});#i;#r=c("span.badge.mention-badge",{hidden:!0});#o;#a=new Map;#c=!1;constructor(t){this.#t=t,this.#o=c("input",{type:"search",placeholder:l.filterChats,"aria-label":l.filterChats,dir:"auto",oninput:()=>this.draw(),onkeydown:i=>this.#m(i)}),this.#i=Q("at",l.mentions,()=>Xa(t)),this.#i.append(this.#r);let n=[this.#i,Q("search",l.searchMessages,()=>Rn(t)),Q("plus",l.newChat,()=>We(t))];this.#e.addEventListener("keydown",i=>this.#g(i)),this.element=c("nav.sidebar",{"aria-label":l.chats},c("header",{},this.#n,...n),this.#o,this.#e)}loaded(){this.#c=!0,this.draw()}draw(){if(this.#l(),!this.#c)return this.#e.replaceChildren(...Array.from({length:6},Du));let n=Jt(this.#t,this.#o.value).map(r=>this.#u(r));n.length===0&&n.push(this.#s()),An(this.#e,n);let i=this.#t.client.chats.reduce((r,{object:a})=>r+(a.mentionCount??0),0);this.#r.hidden=i===0,this.#r.textContent=kt(i),this.#i.setAttribute("aria-label",i?`${l.mentions}, ${l.mentionCount(i)}`:l.mentions)}#l(){let{me:t}=this.#t.client.state;if(this.#n.disabled=!t,!t)return this.#n.replaceChildren(c("span.bone.disc"),c("span.bone.width-2"));this.#n.replaceChildren(gt(t,t.status),c("span.lines",{},c("strong",{},P(t.displayName)),c("small",{},P(`@${t.username}`))))}#s(){let t=this.#o.value.trim()!=="";return c("li.empty",{},t?l.noChatOfThatName:l.noChatsYet,!t&&c("button.primary",{type:"button",onclick:()=>We(this.#t)},l.startAChat))}#u(t){let{object:n}=t,i=t.id===this.#t.chat?.id,r=this.#d(t),a=JSON.stringify([nt(t),r,n.unreadCount,n.mentionCount,n.muted,i,t.pending.length,n.peer?.status,n.lastMessage?.createdAt]),o=this.#a.get(t.id);if(o?.drawn===a)return o.element;let s=o?.element??c("li"),d=s.contains(document.activeElement);return s.replaceChildren(this.#h(t,i,r)),d&&s.querySelector("button").focus({preventScroll:!0}),this.#a.set(t.id,{element:s,drawn:a}),s}#d(t){let[n]=t.typingUsers;if(n)return l.typing(L(n.displayName),1);let{lastMessage:i,description:r,kind:a}=t.object;if(!i)return r?L(Pe(r,to)):l.noMessagesYet;let o=L(dt(i,to)||l.attachment);return i.sender.id===this.#t.client.state.me?.id?l.says(l.you,o):a==="direct"?o:l.says(L(i.sender.displayName),o)}#h(t,n,i){let{unreadCount:r=0,mentionCount:a=0,muted:o,lastMessage:s}=t.object,d=t.pending.length;return c("button.chat",{type:"button","aria-current":n?"true":void 0,onclick:()=>this.#t.open(t.id),"data-chat":t.id},xe(t),c("span.lines",{},c(r&&!o?"strong.name.unread":"strong.name",{},P(nt(t))),c("small",{},J(i))),c("span.side",{},c("span.top",{},o&&c("span.quiet",{role:"img","aria-label":l.muted,title:l.muted},Y("muted")),s&&c("time",{datetime:s.createdAt},Ee(s.createdAt))),c("span.badges",{},d>0&&c("span.unsent",{role:"img","aria-label":l.unsent(d),title:l.unsent(d)},Y("clock")),a>0&&c("span.badge.mention-badge",{role:"img",dir:"ltr","aria-label":l.mentionCount(a),title:l.mentionCount(a)},`@${kt(a)}`),r>0&&c(o?"span.badge.muted":"span.badge",{role:"img","aria-label":l.unreadCount(r),title:l.unreadCount(r)},kt(r)))))}#m(t){if(t.key==="ArrowDown")this.#e.querySelector("button")?.focus(),t.preventDefault();else if(t.key==="Enter"){let[n]=Jt(this.#t,this.#o.value);n&&this.#t.open(n.id),this.#p()}else t.key==="Escape"&&this.#p()}#p(){this.#o.value="",this.draw()}#g(t){let n={ArrowDown:1,ArrowUp:-1}[t.key];if(n===void 0||t.altKey)return;let i=[...this.#e.querySelectorAll("button")];(i[i.indexOf(document.activeElement)+n]??(n<0?this.#o:void 0))?.focus(),t.preventDefault()}},Du=()=>c("li.skeleton-row",{"aria-hidden":"true"},c("span.bone.disc"),c("span.lines",{},c("span.bone.width-2"),c("span.bone.width-4")));var Hi=[{key:"smileys",lines:`😀	grinning face	cheerful cheery grin happy laugh nice smile smiling teeth
😃	grinning face with big eyes	awesome grin happy mouth open smile smiling teeth yay
😄	grinning face with smiling eyes	eye grin happy laugh lol mouth open smile
😁	beaming face with smiling eyes	eye grin grinning happy nice smile teeth
😆	grinning squinting face	closed eyes haha hahaha happy laugh lol mouth open rofl smile smiling
😅	grinning face with sweat	cold dejected excited mouth nervous open smile smiling stress stressed
🤣	rolling on the floor laughing	crying face funny haha happy hehe hilarious joy laugh lmao lol rofl roflmao tear
😂	face with tears of joy	crying feels funny haha happy hehe hilarious laugh lmao lol rofl roflmao tear
🙂	slightly smiling face	happy smile
🙃	upside-down face	hehe smile
🫠	melting face	disappear dissolve embarrassed haha heat hot liquid lol melt sarcasm sarcastic
😉	winking face	flirt heartbreaker sexy slide tease wink winks
😊	smiling face with smiling eyes	blush eye glad satisfied smile
😇	smiling face with halo	angel angelic angels blessed fairy fairytale fantasy happy innocent peaceful smile spirit tale
🥰	smiling face with hearts	3 adore crush heart ily love romance smile you
😍	smiling face with heart-eyes	143 bae eye feels hearts ily kisses love romance romantic smile xoxo
🤩	star-struck	excited eyes face grinning smile star starry-eyed wow
😘	face blowing a kiss	adorbs bae flirt heart ily love lover miss muah romantic smooch xoxo you
😗	kissing face	143 date dating flirt ily kiss love smooch smooches xoxo you
☺️	smiling face	happy outlined relaxed smile
😚	kissing face with closed eyes	143 bae blush date dating eye flirt ily kisses smooches xoxo
😙	kissing face with smiling eyes	143 closed date dating eye flirt ily kiss kisses love night smile
🥲	smiling face with tear	glad grateful happy joy pain proud relieved smile smiley touched
😋	face savoring food	delicious eat full hungry savor smile smiling tasty um yum yummy
😛	face with tongue	awesome cool nice party stuck-out sweet
😜	winking face with tongue	crazy epic eye funny joke loopy nutty party stuck-out wacky weirdo wink yolo
🤪	zany face	crazy eye eyes goofy large small
😝	squinting face with tongue	closed eye eyes gross horrible omg stuck-out taste whatever yolo
🤑	money-mouth face	money mouth paid
🤗	smiling face with open hands	hug hugging
🤭	face with hand over mouth	giggle giggling oops realization secret shock sudden surprise whoops
🫢	face with open eyes and hand over mouth	amazement awe disbelief embarrass gasp omg quiet scared shock surprise
🫣	face with peeking eye	captivated embarrass hide hiding peek peep scared shy stare
🤫	shushing face	quiet shh shush
🤔	thinking face	chin consider hmm ponder pondering wondering
🫡	saluting face	good luck ma am ok respect salute sir troops yes
🤐	zipper-mouth face	keep mouth quiet secret shut zip zipper
🤨	face with raised eyebrow	disapproval disbelief distrust emoji hmm mild skeptic skeptical skepticism surprise what
😐️	neutral face	awkward blank deadpan expressionless fine jealous meh oh shade straight unamused unhappy unimpressed whatever
😑	expressionless face	awkward dead fine inexpressive jealous meh not oh omg straight uh unhappy unimpressed whatever
😶	face without mouth	awkward blank expressionless mouthless mute quiet secret silence silent speechless
🫥	dotted line face	depressed disappear hidden hide introvert invisible meh whatever wtv
😶‍🌫️	face in clouds	absentminded fog head
😏	smirking face	boss dapper flirt homie kidding leer shade slick sly smirk smug snicker suave suspicious swag
😒	unamused face	bored fine jealous jel jelly pissed smh ugh uhh unhappy weird whatever
🙄	face with rolling eyes	eyeroll shade ugh whatever
😬	grimacing face	awk awkward dentist grimace grinning smile smiling
😮‍💨	face exhaling	blow blowing exhale exhausted gasp groan relief sigh smiley smoke whisper whistle
🤥	lying face	liar lie pinocchio
🫨	shaking face	crazy daze earthquake omg panic shock surprise vibrate whoa wow
😌	relieved face	calm peace relief zen
😔	pensive face	awful bored dejected died disappointed losing lost sad sucks
😪	sleepy face	crying good night sad sleep sleeping tired
🤤	drooling face	
😴	sleeping face	bed bedtime good goodnight nap night sleep tired whatever yawn zzz
😷	face with medical mask	cold dentist dermatologist doctor dr germs medicine sick
🤒	face with thermometer	ill sick
🤕	face with head-bandage	bandage hurt injury ouch
🤢	nauseated face	gross nasty sick vomit
🤮	face vomiting	barf ew gross puke sick spew throw up vomit
🤧	sneezing face	fever flu gesundheit sick sneeze
🥵	hot face	dying feverish heat panting red-faced stroke sweating tongue
🥶	cold face	blue blue-faced freezing frostbite icicles subzero teeth
🥴	woozy face	dizzy drunk eyes intoxicated mouth tipsy uneven wavy
😵	face with crossed-out eyes	dead dizzy feels knocked out sick tired
😵‍💫	face with spiral eyes	confused dizzy hypnotized omg smiley trouble whoa woah woozy
🤯	exploding head	blown explode mind mindblown no shocked way
🤠	cowboy hat face	cowgirl
🥳	partying face	bday birthday celebrate celebration excited happy hat hooray horn party
🥸	disguised face	disguise eyebrow glasses incognito moustache mustache nose person spy tache tash
😎	smiling face with sunglasses	awesome beach bright bro chilling cool rad relaxed shades slay smile style swag win
🤓	nerd face	brainy clever expert geek gifted glasses intelligent smart
🧐	face with monocle	classy fancy rich stuffy wealthy
😕	confused face	befuddled confusing dunno frown hm meh not sad sorry sure
🫤	face with diagonal mouth	confused confusion disappointed doubt doubtful frustrated frustration meh skeptical unsure whatever wtv
😟	worried face	anxious butterflies nerves nervous sad stress stressed surprised worry
🙁	slightly frowning face	frown sad
☹️	frowning face	frown sad
😮	face with open mouth	believe forgot omg shocked surprised sympathy unbelievable unreal whoa wow you
😯	hushed face	epic omg stunned surprised whoa woah
😲	astonished face	cost no omg shocked totally way
😳	flushed face	amazed awkward crazy dazed dead disbelief embarrassed geez heat hot impressed jeez what wow
🥺	pleading face	begging big eyes mercy not please pretty puppy sad why
🥹	face holding back tears	admiration aww cry embarrassed feelings grateful gratitude joy please proud resist sad
😦	frowning face with open mouth	caught frown guard scared scary surprise what wow
😧	anguished face	forgot scared scary stressed surprise unhappy what wow
😨	fearful face	afraid anxious blame fear scared worried
😰	anxious face with sweat	blue cold eek mouth nervous open rushed scared yikes
😥	sad but relieved face	anxious call close complicated disappointed not sweat time whew
😢	crying face	awful cry feels miss sad tear triste unhappy
😭	loudly crying face	bawling cry sad sob tear tears unhappy
😱	face screaming in fear	epic fearful munch scared scream screamer shocked surprised woah
😖	confounded face	annoyed confused cringe distraught feels frustrated mad sad
😣	persevering face	concentrate concentration focus headache persevere
😞	disappointed face	awful blame dejected fail losing sad unhappy
😓	downcast face with sweat	close cold feels headache nervous sad scared yikes
😩	weary face	crying fail feels hungry mad nooo sad sleepy tired unhappy
😫	tired face	cost feels nap sad sneeze
🥱	yawning face	bedtime bored goodnight nap night sleep sleepy tired whatever yawn zzz
😤	face with steam from nose	anger angry feels fume fuming furious fury mad triumph unhappy won
😡	enraged face	anger angry feels mad maddening pouting rage red shade unhappy upset
😠	angry face	anger blame feels frustrated mad maddening rage shade unhappy upset
🤬	face with symbols on mouth	censor cursing cussing mad pissed swearing
😈	smiling face with horns	demon devil evil fairy fairytale fantasy purple shade smile tale
👿	angry face with horns	demon devil evil fairy fairytale fantasy imp mischievous purple shade tale
💀	skull	body dead death face fairy fairytale i m lmao monster tale yolo
☠️	skull and crossbones	bone dead death face monster
💩	pile of poo	bs comic doo dung face fml monster poop smelly smh stink stinks stinky turd
🤡	clown face	
👹	ogre	creature devil face fairy fairytale fantasy mask monster scary tale
👺	goblin	angry creature face fairy fairytale fantasy mask mean monster tale
👻	ghost	boo creature excited face fairy fairytale fantasy halloween haunting monster scary silly tale
👽️	alien	creature extraterrestrial face fairy fairytale fantasy monster space tale ufo
👾	alien monster	creature extraterrestrial face fairy fairytale fantasy game gamer games pixelated space tale ufo
🤖	robot	face monster
😺	grinning cat	animal face mouth open smile smiling
😸	grinning cat with smiling eyes	animal eye face grin smile
😹	cat with tears of joy	animal face laugh laughing lol tear
😻	smiling cat with heart-eyes	animal eye face heart love smile
😼	cat with wry smile	animal face ironic
😽	kissing cat	animal closed eye eyes face kiss
🙀	weary cat	animal face oh surprised
😿	crying cat	animal cry face sad tear
😾	pouting cat	animal face
🙈	see-no-evil monkey	embarrassed evil face forbidden forgot gesture hide no omg prohibited scared secret smh watch
🙉	hear-no-evil monkey	animal ears evil face forbidden gesture hear listen no not prohibited secret shh tmi
🙊	speak-no-evil monkey	animal evil face forbidden gesture no not oops prohibited quiet secret speak stealth
💌	love letter	heart mail romance valentine
💘	heart with arrow	143 adorbs cupid date emotion ily love romance valentine
💝	heart with ribbon	143 anniversary emotion ily kisses valentine xoxo
💖	sparkling heart	143 emotion excited good ily kisses morning night sparkle xoxo
💗	growing heart	143 emotion excited heartpulse ily kisses muah nervous pulse xoxo
💓	beating heart	143 cardio emotion heartbeat ily love pulsating pulse
💞	revolving hearts	143 adorbs anniversary emotion heart
💕	two hearts	143 anniversary date dating emotion heart ily kisses love loving xoxo
💟	heart decoration	143 emotion hearth purple white
❣️	heart exclamation	heavy mark punctuation
💔	broken heart	break crushed emotion heartbroken lonely sad
❤️‍🔥	heart on fire	burn love lust sacred
❤️‍🩹	mending heart	healthier improving recovering recuperating well
❤️	red heart	emotion love
🩷	pink heart	143 adorable cute emotion ily like love special sweet
🧡	orange heart	143
💛	yellow heart	143 cardiac emotion ily love
💚	green heart	143 emotion ily love romantic
💙	blue heart	143 emotion ily love romance
🩵	light blue heart	143 cute cyan emotion ily like love sky special teal
💜	purple heart	143 bestest emotion ily love
🤎	brown heart	143
🖤	black heart	evil wicked
🩶	grey heart	143 emotion gray ily love silver slate special
🤍	white heart	143
💋	kiss mark	dating emotion heart kissing lips romance sexy
💯	hundred points	100 a+ agree clearly definitely faithful fleek full keep perfect point score true truth yup
💢	anger symbol	angry comic mad upset
💥	collision	bomb boom collide comic explode
💫	dizzy	comic shining shooting star stars
💦	sweat droplets	comic drip droplet drops splashing squirt water wet work workout
💨	dashing away	cloud comic dash fart fast go gone gotta running smoke
🕳️	hole	
💬	speech balloon	bubble comic dialog message sms talk text typing
👁️‍🗨️	eye in speech bubble	balloon witness
🗨️	left speech bubble	balloon dialog
🗯️	right anger bubble	angry balloon mad
💭	thought balloon	bubble cartoon cloud comic daydream decisions dream idea invent invention realize think thoughts wonder
💤	ZZZ	comic good goodnight night sleep sleeping sleepy tired`},{key:"people",lines:`👋	waving hand	bye cya g2g greetings gtg hello hey hi later outtie ttfn ttyl wave yo you
🤚	raised back of hand	backhand
🖐️	hand with fingers splayed	finger raised stop
✋️	raised hand	5 five high stop
🖖	vulcan salute	finger hand hands
🫱	rightwards hand	handshake hold reach right rightward shake
🫲	leftwards hand	handshake hold left leftward reach shake
🫳	palm down hand	dismiss drop dropped pick shoo up
🫴	palm up hand	beckon catch come hold know lift me offer tell
🫷	leftwards pushing hand	block five halt high hold leftward pause push refuse slap stop wait
🫸	rightwards pushing hand	block five halt high hold pause push refuse rightward slap stop wait
👌	OK hand	awesome bet dope fleek fosho got gotcha legit okay pinch rad sure sweet three
🤌	pinched fingers	gesture hand hold huh interrogation patience relax sarcastic ugh what zip
🤏	pinching hand	amount bit fingers little small sort
✌️	victory hand	peace v
🤞	crossed fingers	cross finger hand luck
🫰	hand with index finger and thumb crossed	3 expensive heart love money snap
🤟	love-you gesture	fingers hand ily love three you
🤘	sign of the horns	finger hand rock-on
🤙	call me hand	hang loose shaka
👈️	backhand index pointing left	finger hand point
👉️	backhand index pointing right	finger hand point
👆️	backhand index pointing up	finger hand point
🖕	middle finger	hand
👇️	backhand index pointing down	finger hand point
☝️	index pointing up	finger hand point this
🫵	index pointing at the viewer	finger hand poke you
👍️	thumbs up	+1 good hand like thumb yes
👎️	thumbs down	-1 bad dislike good hand no nope thumb
✊️	raised fist	clenched hand punch solidarity
👊	oncoming fist	absolutely agree boom bro bruh bump clenched correct hand knuckle pound punch rock ttyl
🤛	left-facing fist	leftwards
🤜	right-facing fist	rightwards
👏	clapping hands	applause approval awesome clap congrats congratulations excited good great hand homie job nice prayed well yay
🙌	raising hands	celebration gesture hand hooray praise raised
🫶	heart hands	3 love you
👐	open hands	hand hug jazz swerve
🤲	palms up together	cupped dua hands pray prayer wish
🤝	handshake	agreement deal hand meeting shake
🙏	folded hands	appreciate ask beg blessed bow cmon five gesture hand high please pray thanks thx
✍️	writing hand	write
💅	nail polish	bored care cosmetics done makeup manicure whatever
🤳	selfie	camera phone
💪	flexed biceps	arm beast bench bodybuilder bro curls flex gains gym jacked muscle press ripped strong weightlift
🦾	mechanical arm	accessibility prosthetic
🦿	mechanical leg	accessibility prosthetic
🦵	leg	bent foot kick knee limb
🦶	foot	ankle feet kick stomp
👂️	ear	body ears hear hearing listen listening sound
🦻	ear with hearing aid	accessibility hard
👃	nose	body noses nosey odor smell smells
🧠	brain	intelligent smart
🫀	anatomical heart	beat cardiology heartbeat organ pulse real red
🫁	lungs	breath breathe exhalation inhalation lung organ respiration
🦷	tooth	dentist pearly teeth white
🦴	bone	bones dog skeleton wishbone
👀	eyes	body eye face googly look looking omg peep see seeing
👁️	eye	1 body one
👅	tongue	body lick slurp
👄	mouth	beauty body kiss kissing lips lipstick
🫦	biting lip	anxious bite fear flirt flirting kiss lipstick nervous sexy uncomfortable worried worry
👶	baby	babies children goo infant newborn pregnant young
🧒	child	bright-eyed grandchild kid young younger
👦	boy	bright-eyed child grandson kid son young younger
👧	girl	bright-eyed child daughter granddaughter kid virgo young younger zodiac
🧑	person	adult
👱	person: blond hair	blond-haired human
👨	man	adult bro
🧔	person: beard	bearded whiskers
🧔‍♂️	man: beard	bearded whiskers
🧔‍♀️	woman: beard	bearded whiskers
👨‍🦰	man: red hair	adult bro
👨‍🦱	man: curly hair	adult bro
👨‍🦳	man: white hair	adult bro
👨‍🦲	man: bald	adult bro
👩	woman	adult lady
👩‍🦰	woman: red hair	adult lady
🧑‍🦰	person: red hair	adult
👩‍🦱	woman: curly hair	adult lady
🧑‍🦱	person: curly hair	adult
👩‍🦳	woman: white hair	adult lady
🧑‍🦳	person: white hair	adult
👩‍🦲	woman: bald	adult lady
🧑‍🦲	person: bald	adult
👱‍♀️	woman: blond hair	blond-haired blonde
👱‍♂️	man: blond hair	blond-haired
🧓	older person	adult elderly grandparent old wise
👴	old man	adult bald elderly gramps grandfather grandpa wise
👵	old woman	adult elderly grandma grandmother granny lady wise
🙍	person frowning	annoyed disappointed disgruntled disturbed frown frustrated gesture irritated upset
🙍‍♂️	man frowning	annoyed disappointed disgruntled disturbed frown frustrated gesture irritated upset
🙍‍♀️	woman frowning	annoyed disappointed disgruntled disturbed frown frustrated gesture irritated upset
🙎	person pouting	disappointed downtrodden frown grimace scowl sulk upset whine
🙎‍♂️	man pouting	disappointed downtrodden frown grimace scowl sulk upset whine
🙎‍♀️	woman pouting	disappointed downtrodden frown grimace scowl sulk upset whine
🙅	person gesturing NO	forbidden gesture hand not prohibit
🙅‍♂️	man gesturing NO	forbidden gesture hand not prohibit
🙅‍♀️	woman gesturing NO	forbidden gesture hand not prohibit
🙆	person gesturing OK	exercise gesture hand omg
🙆‍♂️	man gesturing OK	exercise gesture hand omg
🙆‍♀️	woman gesturing OK	exercise gesture hand omg
💁	person tipping hand	fetch flick flip gossip sarcasm sarcastic sassy seriously whatever
💁‍♂️	man tipping hand	fetch flick flip gossip sarcasm sarcastic sassy seriously whatever
💁‍♀️	woman tipping hand	fetch flick flip gossip sarcasm sarcastic sassy seriously whatever
🙋	person raising hand	gesture here know me pick question raise
🙋‍♂️	man raising hand	gesture here know me pick question raise
🙋‍♀️	woman raising hand	gesture here know me pick question raise
🧏	deaf person	accessibility ear gesture hear
🧏‍♂️	deaf man	accessibility ear gesture hear
🧏‍♀️	deaf woman	accessibility ear gesture hear
🙇	person bowing	apology ask beg bow favor forgive gesture meditate meditation pity regret sorry
🙇‍♂️	man bowing	apology ask beg bow favor forgive gesture meditate meditation pity regret sorry
🙇‍♀️	woman bowing	apology ask beg bow favor forgive gesture meditate meditation pity regret sorry
🤦	person facepalming	again bewilder disbelief exasperation facepalm no not oh omg shock smh
🤦‍♂️	man facepalming	again bewilder disbelief exasperation facepalm no not oh omg shock smh
🤦‍♀️	woman facepalming	again bewilder disbelief exasperation facepalm no not oh omg shock smh
🤷	person shrugging	doubt dunno guess idk ignorance indifference knows maybe shrug whatever who
🤷‍♂️	man shrugging	doubt dunno guess idk ignorance indifference knows maybe shrug whatever who
🤷‍♀️	woman shrugging	doubt dunno guess idk ignorance indifference knows maybe shrug whatever who
🧑‍⚕️	health worker	doctor healthcare nurse therapist
👨‍⚕️	man health worker	doctor healthcare nurse therapist
👩‍⚕️	woman health worker	doctor healthcare nurse therapist
🧑‍🎓	student	graduate
👨‍🎓	man student	graduate
👩‍🎓	woman student	graduate
🧑‍🏫	teacher	instructor lecturer professor
👨‍🏫	man teacher	instructor lecturer professor
👩‍🏫	woman teacher	instructor lecturer professor
🧑‍⚖️	judge	justice law scales
👨‍⚖️	man judge	justice law scales
👩‍⚖️	woman judge	justice law scales
🧑‍🌾	farmer	gardener rancher
👨‍🌾	man farmer	gardener rancher
👩‍🌾	woman farmer	gardener rancher
🧑‍🍳	cook	chef
👨‍🍳	man cook	chef
👩‍🍳	woman cook	chef
🧑‍🔧	mechanic	electrician plumber tradesperson
👨‍🔧	man mechanic	electrician plumber tradesperson
👩‍🔧	woman mechanic	electrician plumber tradesperson
🧑‍🏭	factory worker	assembly industrial
👨‍🏭	man factory worker	assembly industrial
👩‍🏭	woman factory worker	assembly industrial
🧑‍💼	office worker	architect business manager white-collar
👨‍💼	man office worker	architect business manager white-collar
👩‍💼	woman office worker	architect business manager white-collar
🧑‍🔬	scientist	biologist chemist engineer mathematician physicist
👨‍🔬	man scientist	biologist chemist engineer mathematician physicist
👩‍🔬	woman scientist	biologist chemist engineer mathematician physicist
🧑‍💻	technologist	coder computer developer inventor software
👨‍💻	man technologist	coder computer developer inventor software
👩‍💻	woman technologist	coder computer developer inventor software
🧑‍🎤	singer	actor entertainer rock rockstar star
👨‍🎤	man singer	actor entertainer rock rockstar star
👩‍🎤	woman singer	actor entertainer rock rockstar star
🧑‍🎨	artist	palette
👨‍🎨	man artist	palette
👩‍🎨	woman artist	palette
🧑‍✈️	pilot	plane
👨‍✈️	man pilot	plane
👩‍✈️	woman pilot	plane
🧑‍🚀	astronaut	rocket space
👨‍🚀	man astronaut	rocket space
👩‍🚀	woman astronaut	rocket space
🧑‍🚒	firefighter	fire firetruck
👨‍🚒	man firefighter	fire firetruck
👩‍🚒	woman firefighter	fire firetruck
👮	police officer	apprehend arrest citation cop law over pulled undercover
👮‍♂️	man police officer	apprehend arrest citation cop law over pulled undercover
👮‍♀️	woman police officer	apprehend arrest citation cop law over pulled undercover
🕵️	detective	sleuth spy
🕵️‍♂️	man detective	sleuth spy
🕵️‍♀️	woman detective	sleuth spy
💂	guard	buckingham helmet london palace
💂‍♂️	man guard	buckingham helmet london palace
💂‍♀️	woman guard	buckingham helmet london palace
🥷	ninja	assassin fight fighter hidden person secret skills sly soldier stealth war
👷	construction worker	build fix hardhat hat man person rebuild remodel repair work
👷‍♂️	man construction worker	build fix hardhat hat rebuild remodel repair work
👷‍♀️	woman construction worker	build fix hardhat hat man rebuild remodel repair work
🫅	person with crown	monarch noble regal royal royalty
🤴	prince	crown fairy fairytale fantasy king royal royalty tale
👸	princess	crown fairy fairytale fantasy queen royal royalty tale
👳	person wearing turban	
👳‍♂️	man wearing turban	
👳‍♀️	woman wearing turban	
👲	person with skullcap	cap chinese gua guapi hat mao pi
🧕	woman with headscarf	bandana head hijab kerchief mantilla tichel
🤵	person in tuxedo	formal wedding
🤵‍♂️	man in tuxedo	formal groom wedding
🤵‍♀️	woman in tuxedo	formal wedding
👰	person with veil	wedding
👰‍♂️	man with veil	wedding
👰‍♀️	woman with veil	bride wedding
🤰	pregnant woman	
🫃	pregnant man	belly bloated full overeat
🫄	pregnant person	belly bloated full overeat stuffed
🤱	breast-feeding	baby breast feeding mom mother nursing woman
👩‍🍼	woman feeding baby	feed mom mother nanny newborn nursing
👨‍🍼	man feeding baby	dad father feed nanny newborn nursing
🧑‍🍼	person feeding baby	feed nanny newborn nursing parent
👼	baby angel	church face fairy fairytale fantasy tale
🎅	Santa Claus	celebration christmas fairy fantasy father holiday merry tale xmas
🤶	Mrs. Claus	celebration christmas fairy fantasy holiday merry mother santa tale xmas
🧑‍🎄	Mx Claus	celebration christmas fairy fantasy holiday merry santa tale xmas
🦸	superhero	good hero superpower
🦸‍♂️	man superhero	good hero superpower
🦸‍♀️	woman superhero	good hero heroine superpower
🦹	supervillain	bad criminal evil superpower villain
🦹‍♂️	man supervillain	bad criminal evil superpower villain
🦹‍♀️	woman supervillain	bad criminal evil superpower villain
🧙	mage	fantasy magic play sorcerer sorceress sorcery spell summon witch wizard
🧙‍♂️	man mage	fantasy magic play sorcerer sorceress sorcery spell summon witch wizard
🧙‍♀️	woman mage	fantasy magic play sorcerer sorceress sorcery spell summon witch wizard
🧚	fairy	fairytale fantasy myth person pixie tale wings
🧚‍♂️	man fairy	fairytale fantasy myth oberon person pixie puck tale wings
🧚‍♀️	woman fairy	fairytale fantasy myth person pixie tale titania wings
🧛	vampire	blood dracula fangs halloween scary supernatural teeth undead
🧛‍♂️	man vampire	blood fangs halloween scary supernatural teeth undead
🧛‍♀️	woman vampire	blood fangs halloween scary supernatural teeth undead
🧜	merperson	creature fairytale folklore ocean sea siren trident
🧜‍♂️	merman	creature fairytale folklore neptune ocean poseidon sea siren trident triton
🧜‍♀️	mermaid	creature fairytale folklore merwoman ocean sea siren trident
🧝	elf	elves enchantment fantasy folklore magic magical myth
🧝‍♂️	man elf	elves enchantment fantasy folklore magic magical myth
🧝‍♀️	woman elf	elves enchantment fantasy folklore magic magical myth
🧞	genie	djinn fantasy jinn lamp myth rub wishes
🧞‍♂️	man genie	djinn fantasy jinn lamp myth rub wishes
🧞‍♀️	woman genie	djinn fantasy jinn lamp myth rub wishes
🧟	zombie	apocalypse dead halloween horror scary undead walking
🧟‍♂️	man zombie	apocalypse dead halloween horror scary undead walking
🧟‍♀️	woman zombie	apocalypse dead halloween horror scary undead walking
🧌	troll	fairy fantasy monster tale trolling
💆	person getting massage	face headache relax relaxing salon soothe spa tension therapy treatment
💆‍♂️	man getting massage	face headache relax relaxing salon soothe spa tension therapy treatment
💆‍♀️	woman getting massage	face headache relax relaxing salon soothe spa tension therapy treatment
💇	person getting haircut	barber beauty chop cosmetology cut groom hair parlor shears style
💇‍♂️	man getting haircut	barber beauty chop cosmetology cut groom hair parlor person shears style
💇‍♀️	woman getting haircut	barber beauty chop cosmetology cut groom hair parlor person shears style
🚶	person walking	amble gait hike man pace pedestrian stride stroll walk
🚶‍♂️	man walking	amble gait hike pace pedestrian stride stroll walk
🚶‍♀️	woman walking	amble gait hike man pace pedestrian stride stroll walk
🧍	person standing	stand
🧍‍♂️	man standing	stand
🧍‍♀️	woman standing	stand
🧎	person kneeling	kneel knees
🧎‍♂️	man kneeling	kneel knees
🧎‍♀️	woman kneeling	kneel knees
🧑‍🦯	person with white cane	accessibility blind probing
👨‍🦯	man with white cane	accessibility blind probing
👩‍🦯	woman with white cane	accessibility blind probing
🧑‍🦼	person in motorized wheelchair	accessibility
👨‍🦼	man in motorized wheelchair	accessibility
👩‍🦼	woman in motorized wheelchair	accessibility
🧑‍🦽	person in manual wheelchair	accessibility
👨‍🦽	man in manual wheelchair	accessibility
👩‍🦽	woman in manual wheelchair	accessibility
🏃	person running	fast hurry marathon move quick race racing run rush speed
🏃‍♂️	man running	fast hurry marathon move quick race racing run rush speed
🏃‍♀️	woman running	fast hurry marathon move quick race racing run rush speed
💃	woman dancing	dance dancer elegant festive flair flamenco groove let s salsa tango
🕺	man dancing	dance dancer elegant festive flair flamenco groove let s salsa tango
🕴️	person in suit levitating	business
👯	people with bunny ears	bestie bff counterpart dancer double ear identical pair party partying soulmate twin twinsies
👯‍♂️	men with bunny ears	bestie bff counterpart dancer double ear identical pair party partying people soulmate twin twinsies
👯‍♀️	women with bunny ears	bestie bff counterpart dancer double ear identical pair party partying people soulmate twin twinsies
🧖	person in steamy room	day luxurious pamper relax sauna spa steam steambath unwind
🧖‍♂️	man in steamy room	day luxurious pamper relax sauna spa steam steambath unwind
🧖‍♀️	woman in steamy room	day luxurious pamper relax sauna spa steam steambath unwind
🧗	person climbing	climb climber mountain rock scale up
🧗‍♂️	man climbing	climb climber mountain rock scale up
🧗‍♀️	woman climbing	climb climber mountain rock scale up
🤺	person fencing	fencer sword
🏇	horse racing	jockey racehorse riding sport
⛷️	skier	ski snow
🏂️	snowboarder	ski snow snowboard sport
🏌️	person golfing	ball birdie caddy driving golf green pga putt range tee
🏌️‍♂️	man golfing	ball birdie caddy driving golf green pga putt range tee
🏌️‍♀️	woman golfing	ball birdie caddy driving golf green pga putt range tee
🏄️	person surfing	beach ocean sport surf surfer swell waves
🏄‍♂️	man surfing	beach ocean sport surf surfer swell waves
🏄‍♀️	woman surfing	beach ocean person sport surf surfer swell waves
🚣	person rowing boat	canoe cruise fishing lake oar paddle raft river row rowboat
🚣‍♂️	man rowing boat	canoe cruise fishing lake oar paddle raft river row rowboat
🚣‍♀️	woman rowing boat	canoe cruise fishing lake oar paddle raft river row rowboat
🏊️	person swimming	freestyle sport swim swimmer triathlon
🏊‍♂️	man swimming	freestyle sport swim swimmer triathlon
🏊‍♀️	woman swimming	freestyle man sport swim swimmer triathlon
⛹️	person bouncing ball	athletic basketball championship dribble net player throw
⛹️‍♂️	man bouncing ball	athletic basketball championship dribble net player throw
⛹️‍♀️	woman bouncing ball	athletic basketball championship dribble net player throw
🏋️	person lifting weights	barbell bodybuilder deadlift lifter powerlifting weight weightlifter workout
🏋️‍♂️	man lifting weights	barbell bodybuilder deadlift lifter powerlifting weight weightlifter workout
🏋️‍♀️	woman lifting weights	barbell bodybuilder deadlift lifter powerlifting weight weightlifter workout
🚴	person biking	bicycle bicyclist bike cycle cyclist riding sport
🚴‍♂️	man biking	bicycle bicyclist bike cycle cyclist riding sport
🚴‍♀️	woman biking	bicycle bicyclist bike cycle cyclist riding sport
🚵	person mountain biking	bicycle bicyclist bike cycle cyclist riding sport
🚵‍♂️	man mountain biking	bicycle bicyclist bike cycle cyclist riding sport
🚵‍♀️	woman mountain biking	bicycle bicyclist bike cycle cyclist riding sport
🤸	person cartwheeling	active cartwheel excited flip gymnastics happy somersault
🤸‍♂️	man cartwheeling	active cartwheel excited flip gymnastics happy somersault
🤸‍♀️	woman cartwheeling	active cartwheel excited flip gymnastics happy somersault
🤼	people wrestling	combat duel grapple ring tournament wrestle
🤼‍♂️	men wrestling	combat duel grapple ring tournament wrestle
🤼‍♀️	women wrestling	combat duel grapple ring tournament wrestle
🤽	person playing water polo	sport swimming waterpolo
🤽‍♂️	man playing water polo	sport swimming waterpolo
🤽‍♀️	woman playing water polo	sport swimming waterpolo
🤾	person playing handball	athletics ball catch chuck hurl lob pitch sport throw toss
🤾‍♂️	man playing handball	athletics ball catch chuck hurl lob pitch sport throw toss
🤾‍♀️	woman playing handball	athletics ball catch chuck hurl lob pitch sport throw toss
🤹	person juggling	act balance balancing handle juggle manage multitask skill
🤹‍♂️	man juggling	act balance balancing handle juggle manage multitask skill
🤹‍♀️	woman juggling	act balance balancing handle juggle manage multitask skill
🧘	person in lotus position	cross legged legs meditation peace relax serenity yoga yogi zen
🧘‍♂️	man in lotus position	cross legged legs meditation peace relax serenity yoga yogi zen
🧘‍♀️	woman in lotus position	cross legged legs meditation peace relax serenity yoga yogi zen
🛀	person taking bath	bathtub tub
🛌	person in bed	bedtime good goodnight hotel nap night sleep tired zzz
🧑‍🤝‍🧑	people holding hands	bae bestie bff couple dating flirt friends hand hold twins
👭	women holding hands	bae bestie bff couple dating flirt friends girls hand hold sisters twins
👫	woman and man holding hands	bae bestie bff couple dating flirt friends hand hold twins
👬	men holding hands	bae bestie bff boys brothers couple dating flirt friends hand hold twins
💏	kiss	anniversary babe bae couple date dating heart love mwah person romance together xoxo
👩‍❤️‍💋‍👨	kiss: woman, man	anniversary babe bae couple date dating heart love mwah person romance together xoxo
👨‍❤️‍💋‍👨	kiss: man, man	anniversary babe bae couple date dating heart love mwah person romance together xoxo
👩‍❤️‍💋‍👩	kiss: woman, woman	anniversary babe bae couple date dating heart love mwah person romance together xoxo
💑	couple with heart	anniversary babe bae dating kiss love person relationship romance together you
👩‍❤️‍👨	couple with heart: woman, man	anniversary babe bae dating kiss love person relationship romance together you
👨‍❤️‍👨	couple with heart: man, man	anniversary babe bae dating kiss love person relationship romance together you
👩‍❤️‍👩	couple with heart: woman, woman	anniversary babe bae dating kiss love person relationship romance together you
👨‍👩‍👦	family: man, woman, boy	child
👨‍👩‍👧	family: man, woman, girl	child
👨‍👩‍👧‍👦	family: man, woman, girl, boy	child
👨‍👩‍👦‍👦	family: man, woman, boy, boy	child
👨‍👩‍👧‍👧	family: man, woman, girl, girl	child
👨‍👨‍👦	family: man, man, boy	child
👨‍👨‍👧	family: man, man, girl	child
👨‍👨‍👧‍👦	family: man, man, girl, boy	child
👨‍👨‍👦‍👦	family: man, man, boy, boy	child
👨‍👨‍👧‍👧	family: man, man, girl, girl	child
👩‍👩‍👦	family: woman, woman, boy	child
👩‍👩‍👧	family: woman, woman, girl	child
👩‍👩‍👧‍👦	family: woman, woman, girl, boy	child
👩‍👩‍👦‍👦	family: woman, woman, boy, boy	child
👩‍👩‍👧‍👧	family: woman, woman, girl, girl	child
👨‍👦	family: man, boy	child
👨‍👦‍👦	family: man, boy, boy	child
👨‍👧	family: man, girl	child
👨‍👧‍👦	family: man, girl, boy	child
👨‍👧‍👧	family: man, girl, girl	child
👩‍👦	family: woman, boy	child
👩‍👦‍👦	family: woman, boy, boy	child
👩‍👧	family: woman, girl	child
👩‍👧‍👦	family: woman, girl, boy	child
👩‍👧‍👧	family: woman, girl, girl	child
🗣️	speaking head	face silhouette speak
👤	bust in silhouette	mysterious shadow
👥	busts in silhouette	bff bust everyone friend friends people
🫂	people hugging	comfort embrace farewell friendship goodbye hello hug love thanks
👪️	family	child
👣	footprints	barefoot clothing footprint omw print walk`},{key:"animals",lines:`🐵	monkey face	animal banana
🐒	monkey	animal banana
🦍	gorilla	animal
🦧	orangutan	animal ape monkey
🐶	dog face	adorbs animal pet puppies puppy
🐕️	dog	animal animals dogs pet
🦮	guide dog	accessibility animal blind
🐕‍🦺	service dog	accessibility animal assistance
🐩	poodle	animal dog fluffy
🐺	wolf	animal face
🦊	fox	animal face
🦝	raccoon	animal curious sly
🐱	cat face	animal kitten kitty pet
🐈️	cat	animal animals cats kitten pet
🐈‍⬛	black cat	animal feline halloween meow unlucky
🦁	lion	alpha animal face leo mane order rawr roar safari strong zodiac
🐯	tiger face	animal big cat predator
🐅	tiger	animal big cat predator zoo
🐆	leopard	animal big cat predator zoo
🐴	horse face	animal dressage equine farm horses
🫎	moose	alces animal antlers elk mammal
🫏	donkey	animal ass burro hinny mammal mule stubborn
🐎	horse	animal equestrian farm racehorse racing
🦄	unicorn	face
🦓	zebra	animal stripe
🦌	deer	animal
🦬	bison	animal buffalo herd wisent
🐮	cow face	animal farm milk moo
🐂	ox	animal animals bull farm taurus zodiac
🐃	water buffalo	animal zoo
🐄	cow	animal animals farm milk moo
🐷	pig face	animal bacon farm pork
🐖	pig	animal bacon farm pork sow
🐗	boar	animal pig
🐽	pig nose	animal face farm smell snout
🐏	ram	animal aries horns male sheep zodiac zoo
🐑	ewe	animal baa farm female fluffy lamb sheep wool
🐐	goat	animal capricorn farm milk zodiac
🐪	camel	animal desert dromedary hump one
🐫	two-hump camel	animal bactrian desert hump two
🦙	llama	alpaca animal guanaco vicuña wool
🦒	giraffe	animal spots
🐘	elephant	animal
🦣	mammoth	animal extinction large tusk wooly
🦏	rhinoceros	animal
🦛	hippopotamus	animal hippo
🐭	mouse face	animal
🐁	mouse	animal animals
🐀	rat	animal
🐹	hamster	animal face pet
🐰	rabbit face	animal bunny pet
🐇	rabbit	animal bunny pet
🐿️	chipmunk	animal squirrel
🦫	beaver	animal dam teeth
🦔	hedgehog	animal spiny
🦇	bat	animal vampire
🐻	bear	animal face grizzly growl honey
🐻‍❄️	polar bear	animal arctic white
🐨	koala	animal australia bear down face marsupial under
🐼	panda	animal bamboo face
🦥	sloth	lazy slow
🦦	otter	animal fishing playful
🦨	skunk	animal stink
🦘	kangaroo	animal joey jump marsupial
🦡	badger	animal honey pester
🐾	paw prints	feet paws print
🦃	turkey	bird gobble thanksgiving
🐔	chicken	animal bird ornithology
🐓	rooster	animal bird ornithology
🐣	hatching chick	animal baby bird egg
🐤	baby chick	animal bird ornithology
🐥	front-facing baby chick	animal bird newborn ornithology
🐦️	bird	animal ornithology
🐧	penguin	animal antarctica bird ornithology
🕊️	dove	bird fly ornithology peace
🦅	eagle	animal bird ornithology
🦆	duck	animal bird ornithology
🦢	swan	animal bird cygnet duckling ornithology ugly
🦉	owl	animal bird ornithology wise
🦤	dodo	animal bird extinction large ornithology
🪶	feather	bird flight light plumage
🦩	flamingo	animal bird flamboyant ornithology tropical
🦚	peacock	animal bird colorful ornithology ostentatious peahen pretty proud
🦜	parrot	animal bird ornithology pirate talk
🪽	wing	angelic ascend aviation bird fly flying heavenly mythology soar
🐦‍⬛	black bird	animal beak caw corvid crow ornithology raven rook
🪿	goose	animal bird duck flock fowl gaggle gander geese honk ornithology silly
🐸	frog	animal face
🐊	crocodile	animal zoo
🐢	turtle	animal terrapin tortoise
🦎	lizard	animal reptile
🐍	snake	animal bearer ophiuchus serpent zodiac
🐲	dragon face	animal fairy fairytale tale
🐉	dragon	animal fairy fairytale knights tale
🦕	sauropod	brachiosaurus brontosaurus dinosaur diplodocus
🦖	T-Rex	dinosaur rex t tyrannosaurus
🐳	spouting whale	animal beach face ocean
🐋	whale	animal beach ocean
🐬	dolphin	animal beach flipper ocean
🦭	seal	animal lion ocean sea
🐟️	fish	animal dinner fishes fishing pisces zodiac
🐠	tropical fish	animal fishes
🐡	blowfish	animal fish
🦈	shark	animal fish
🐙	octopus	animal creature ocean
🐚	spiral shell	animal beach conch sea
🪸	coral	change climate ocean reef sea
🪼	jellyfish	animal aquarium burn invertebrate jelly life marine ocean ouch plankton sea sting stinger tentacles
🦀	crab	cancer zodiac
🦞	lobster	animal bisque claws seafood
🦐	shrimp	food shellfish small
🦑	squid	animal food mollusk
🦪	oyster	diving pearl
🐌	snail	animal escargot garden nature slug
🦋	butterfly	insect pretty
🐛	bug	animal garden insect
🐜	ant	animal garden insect
🐝	honeybee	animal bee bumblebee honey insect nature spring
🪲	beetle	animal bug insect
🐞	lady beetle	animal garden insect ladybird ladybug nature
🦗	cricket	animal bug grasshopper insect orthoptera
🪳	cockroach	animal insect pest roach
🕷️	spider	animal insect
🕸️	spider web	
🦂	scorpion	scorpio scorpius zodiac
🦟	mosquito	bite disease fever insect malaria pest virus
🪰	fly	animal disease insect maggot pest rotting
🪱	worm	animal annelid earthworm parasite
🦠	microbe	amoeba bacteria science virus
💐	bouquet	anniversary birthday date flower love plant romance
🌸	cherry blossom	flower plant spring springtime
💮	white flower	
🪷	lotus	beauty buddhism calm flower hinduism peace purity serenity
🏵️	rosette	plant
🌹	rose	beauty elegant flower love plant red valentine
🥀	wilted flower	dying
🌺	hibiscus	flower plant
🌻	sunflower	flower outdoors plant sun
🌼	blossom	buttercup dandelion flower plant
🌷	tulip	blossom flower growth plant
🪻	hyacinth	bloom bluebonnet flower indigo lavender lilac lupine plant purple shrub snapdragon spring violet
🌱	seedling	plant sapling sprout young
🪴	potted plant	decor grow house nurturing pot
🌲	evergreen tree	christmas forest pine
🌳	deciduous tree	forest green habitat shedding
🌴	palm tree	beach plant tropical
🌵	cactus	desert drought nature plant
🌾	sheaf of rice	ear grain grains plant
🌿	herb	leaf plant
☘️	shamrock	irish plant
🍀	four leaf clover	4 four-leaf irish lucky plant
🍁	maple leaf	falling
🍂	fallen leaf	autumn fall falling
🍃	leaf fluttering in wind	blow flutter
🪹	empty nest	branch home nesting
🪺	nest with eggs	bird branch egg nesting
🍄	mushroom	fungus toadstool`},{key:"food",lines:`🍇	grapes	dionysus fruit grape
🍈	melon	cantaloupe fruit
🍉	watermelon	fruit
🍊	tangerine	c citrus fruit nectarine orange vitamin
🍋	lemon	citrus fruit sour
🍌	banana	fruit potassium
🍍	pineapple	colada fruit pina tropical
🥭	mango	food fruit tropical
🍎	red apple	diet food fruit health ripe
🍏	green apple	fruit
🍐	pear	fruit
🍑	peach	fruit
🍒	cherries	berries cherry fruit red
🍓	strawberry	berry fruit
🫐	blueberries	berries berry bilberry blue blueberry food fruit
🥝	kiwi fruit	food
🍅	tomato	food fruit vegetable
🫒	olive	food
🥥	coconut	colada palm piña
🥑	avocado	food fruit
🍆	eggplant	aubergine vegetable
🥔	potato	food vegetable
🥕	carrot	food vegetable
🌽	ear of corn	crops farm maize maze
🌶️	hot pepper	
🫑	bell pepper	capsicum food vegetable
🥒	cucumber	food pickle vegetable
🥬	leafy green	bok burgers cabbage choy kale lettuce salad
🥦	broccoli	cabbage wild
🧄	garlic	flavoring
🧅	onion	flavoring
🥜	peanuts	food nut peanut vegetable
🫘	beans	food kidney legume small
🌰	chestnut	almond plant
🫚	ginger root	beer health herb natural spice
🫛	pea pod	beans beanstalk edamame legume soybean vegetable veggie
🍞	bread	carbs food grain loaf restaurant toast wheat
🥐	croissant	bread breakfast crescent food french roll
🥖	baguette bread	food french
🫓	flatbread	arepa bread food gordita lavash naan pita
🥨	pretzel	convoluted twisted
🥯	bagel	bakery bread breakfast schmear
🥞	pancakes	breakfast crêpe food hotcake pancake
🧇	waffle	breakfast indecisive iron
🧀	cheese wedge	
🍖	meat on bone	
🍗	poultry leg	bone chicken drumstick hungry turkey
🥩	cut of meat	chop lambchop porkchop red steak
🥓	bacon	breakfast food meat
🍔	hamburger	burger eat fast food hungry
🍟	french fries	fast food
🍕	pizza	cheese food hungry pepperoni slice
🌭	hot dog	frankfurter hotdog sausage
🥪	sandwich	bread
🌮	taco	mexican
🌯	burrito	mexican wrap
🫔	tamale	food mexican pamonha wrapped
🥙	stuffed flatbread	falafel food gyro kebab
🧆	falafel	chickpea meatball
🥚	egg	breakfast food
🍳	cooking	breakfast easy egg fry frying over pan restaurant side sunny up
🥘	shallow pan of food	casserole paella
🍲	pot of food	soup stew
🫕	fondue	cheese chocolate food melted pot ski
🥣	bowl with spoon	breakfast cereal congee oatmeal porridge
🥗	green salad	food
🍿	popcorn	corn movie pop
🧈	butter	dairy
🧂	salt	condiment flavor mad salty shaker taste upset
🥫	canned food	can
🍱	bento box	food
🍘	rice cracker	food
🍙	rice ball	food japanese
🍚	cooked rice	food
🍛	curry rice	food
🍜	steaming bowl	chopsticks food noodle pho ramen soup
🍝	spaghetti	food meatballs pasta restaurant
🍠	roasted sweet potato	food
🍢	oden	food kebab restaurant seafood skewer stick
🍣	sushi	food
🍤	fried shrimp	prawn tempura
🍥	fish cake with swirl	food pastry restaurant
🥮	moon cake	autumn festival yuèbǐng
🍡	dango	dessert japanese skewer stick sweet
🥟	dumpling	empanada gyōza jiaozi pierogi potsticker
🥠	fortune cookie	prophecy
🥡	takeout box	chopsticks delivery food oyster pail
🍦	soft ice cream	dessert food icecream restaurant serve sweet
🍧	shaved ice	dessert restaurant sweet
🍨	ice cream	dessert food restaurant sweet
🍩	doughnut	breakfast dessert donut food sweet
🍪	cookie	chip chocolate dessert sweet
🎂	birthday cake	bday celebration dessert happy pastry sweet
🍰	shortcake	cake dessert pastry slice sweet
🧁	cupcake	bakery dessert sprinkles sugar sweet treat
🥧	pie	apple filling fruit meat pastry pumpkin slice
🍫	chocolate bar	candy dessert halloween sweet tooth
🍬	candy	cavities dessert halloween restaurant sweet tooth wrapper
🍭	lollipop	candy dessert food restaurant sweet
🍮	custard	dessert pudding sweet
🍯	honey pot	barrel bear food honeypot jar sweet
🍼	baby bottle	babies birth born drink infant milk newborn
🥛	glass of milk	drink
☕️	hot beverage	cafe caffeine chai coffee drink morning steaming tea
🫖	teapot	brew drink food pot tea
🍵	teacup without handle	beverage cup drink oolong tea
🍶	sake	bar beverage bottle cup drink restaurant
🍾	bottle with popping cork	bar drink
🍷	wine glass	alcohol bar beverage booze club drink drinking drinks restaurant
🍸️	cocktail glass	alcohol bar booze club drink drinking drinks mad martini men
🍹	tropical drink	alcohol bar booze club cocktail drinking drinks drunk mai party tai tropics
🍺	beer mug	alcohol ale bar booze drink drinking drinks octoberfest oktoberfest pint stein summer
🍻	clinking beer mugs	alcohol bar booze bottoms cheers clink drinking drinks
🥂	clinking glasses	celebrate clink drink glass
🥃	tumbler glass	liquor scotch shot whiskey whisky
🫗	pouring liquid	accident drink empty glass oops pour spill water
🥤	cup with straw	drink juice malt soda soft water
🧋	bubble tea	boba food milk pearl
🧃	beverage box	juice straw sweet
🧉	mate	drink
🧊	ice	cold cube iceberg
🥢	chopsticks	hashi jeotgarak kuaizi
🍽️	fork and knife with plate	cooking dinner eat
🍴	fork and knife	breakfast breaky cooking cutlery delicious dinner eat feed food hungry lunch restaurant yum yummy
🥄	spoon	eat tableware
🔪	kitchen knife	chef cooking hocho tool weapon
🫙	jar	condiment container empty nothing sauce store
🏺	amphora	aquarius cooking drink jug tool weapon zodiac`},{key:"travel",lines:`🌍️	globe showing Europe-Africa	africa earth europe world
🌎️	globe showing Americas	earth world
🌏️	globe showing Asia-Australia	asia australia earth world
🌐	globe with meridians	earth internet web world worldwide
🗺️	world map	
🗾	map of Japan	
🧭	compass	direction magnetic navigation orienteering
🏔️	snow-capped mountain	cold snow
⛰️	mountain	
🌋	volcano	eruption mountain nature
🗻	mount fuji	mountain nature
🏕️	camping	
🏖️	beach with umbrella	
🏜️	desert	
🏝️	desert island	
🏞️	national park	
🏟️	stadium	
🏛️	classical building	
🏗️	building construction	crane
🧱	brick	bricks clay mortar wall
🪨	rock	boulder heavy solid stone tough
🪵	wood	log lumber timber
🛖	hut	home house roundhouse shelter yurt
🏘️	houses	house
🏚️	derelict house	home
🏠️	house	building country heart home ranch settle simple suburban suburbia where
🏡	house with garden	building country heart home ranch settle simple suburban suburbia where
🏢	office building	city cubical job
🏣	Japanese post office	building
🏤	post office	building european
🏥	hospital	building doctor medicine
🏦	bank	building
🏨	hotel	building
🏩	love hotel	building
🏪	convenience store	24 building hours
🏫	school	building
🏬	department store	building
🏭️	factory	building
🏯	Japanese castle	building
🏰	castle	building european
💒	wedding	chapel hitched nuptials romance
🗼	Tokyo tower	
🗽	Statue of Liberty	new ny nyc york
⛪️	church	bless chapel christian cross religion
🕌	mosque	islam masjid muslim religion
🛕	hindu temple	
🕍	synagogue	jew jewish judaism religion temple
⛩️	shinto shrine	religion
🕋	kaaba	hajj islam muslim religion umrah
⛲️	fountain	
⛺️	tent	camping
🌁	foggy	fog
🌃	night with stars	star
🏙️	cityscape	city
🌄	sunrise over mountains	morning sun
🌅	sunrise	morning nature sun
🌆	cityscape at dusk	building city evening landscape sun sunset
🌇	sunset	building dusk sun
🌉	bridge at night	
♨️	hot springs	hotsprings steaming
🎠	carousel horse	entertainment
🛝	playground slide	amusement park play playing sliding theme
🎡	ferris wheel	amusement park theme
🎢	roller coaster	amusement park theme
💈	barber pole	cut fresh haircut shave
🎪	circus tent	
🚂	locomotive	caboose engine railway steam train trains travel
🚃	railway car	electric train tram travel trolleybus
🚄	high-speed train	railway shinkansen speed
🚅	bullet train	high-speed nose railway shinkansen speed travel
🚆	train	arrived choo railway
🚇️	metro	subway travel
🚈	light rail	arrived monorail railway
🚉	station	railway train
🚊	tram	trolleybus
🚝	monorail	vehicle
🚞	mountain railway	car trip
🚋	tram car	bus trolley trolleybus
🚌	bus	school vehicle
🚍️	oncoming bus	cars
🚎	trolleybus	bus tram trolley
🚐	minibus	bus drive van vehicle
🚑️	ambulance	emergency vehicle
🚒	fire engine	truck
🚓	police car	5 0 cops patrol
🚔️	oncoming police car	
🚕	taxi	cab cabbie car drive vehicle yellow
🚖	oncoming taxi	cab cabbie cars drove hail yellow
🚗	automobile	car driving vehicle
🚘️	oncoming automobile	car cars drove vehicle
🚙	sport utility vehicle	car drive recreational sportutility
🛻	pickup truck	automobile car flatbed pick-up transportation
🚚	delivery truck	car drive vehicle
🚛	articulated lorry	car drive move semi truck vehicle
🚜	tractor	vehicle
🏎️	racing car	zoom
🏍️	motorcycle	racing
🛵	motor scooter	
🦽	manual wheelchair	accessibility
🦼	motorized wheelchair	accessibility
🛺	auto rickshaw	tuk
🚲️	bicycle	bike class cycle cycling cyclist gang ride spin spinning
🛴	kick scooter	
🛹	skateboard	board skate skater wheels
🛼	roller skate	blades skates sport
🚏	bus stop	busstop
🛣️	motorway	highway road
🛤️	railway track	train
🛢️	oil drum	
⛽️	fuel pump	diesel fuelpump gas gasoline station
🛞	wheel	car circle tire turn vehicle
🚨	police car light	alarm alert beacon emergency revolving siren
🚥	horizontal traffic light	intersection signal stop stoplight
🚦	vertical traffic light	drove intersection signal stop stoplight
🛑	stop sign	octagonal
🚧	construction	barrier
⚓️	anchor	ship tool
🛟	ring buoy	float life lifesaver preserver rescue safety save saver swim
⛵️	sailboat	boat resort sailing sea yacht
🛶	canoe	boat
🚤	speedboat	billionaire boat lake luxury millionaire summer travel
🛳️	passenger ship	
⛴️	ferry	boat passenger
🛥️	motor boat	motorboat
🚢	ship	boat passenger travel
✈️	airplane	aeroplane fly flying jet plane travel
🛩️	small airplane	aeroplane plane
🛫	airplane departure	aeroplane check-in departures plane
🛬	airplane arrival	aeroplane arrivals arriving landing plane
🪂	parachute	hang-glide parasail skydive
💺	seat	chair
🚁	helicopter	copter roflcopter travel vehicle
🚟	suspension railway	
🚠	mountain cableway	cable gondola lift ski
🚡	aerial tramway	cable car gondola ropeway
🛰️	satellite	space
🚀	rocket	launch rockets space travel
🛸	flying saucer	aliens extra terrestrial ufo
🛎️	bellhop bell	hotel
🧳	luggage	bag packing roller suitcase travel
⌛️	hourglass done	sand time timer
⏳️	hourglass not done	flowing hours sand timer waiting yolo
⌚️	watch	clock time
⏰️	alarm clock	hours hrs late time waiting
⏱️	stopwatch	clock time
⏲️	timer clock	
🕰️	mantelpiece clock	time
🕛️	twelve o’clock	12 00 time
🕧️	twelve-thirty	12 30 clock thirty time twelve
🕐️	one o’clock	1 00 time
🕜️	one-thirty	1 30 clock one thirty time
🕑️	two o’clock	2 00 time
🕝️	two-thirty	2 30 clock thirty time two
🕒️	three o’clock	3 00 time
🕞️	three-thirty	3 30 clock thirty three time
🕓️	four o’clock	4 00 time
🕟️	four-thirty	30 4 clock four thirty time
🕔️	five o’clock	5 00 time
🕠️	five-thirty	30 5 clock five thirty time
🕕️	six o’clock	6 00 time
🕡️	six-thirty	30 6 clock six thirty
🕖️	seven o’clock	0 7 00
🕢️	seven-thirty	30 7 clock seven thirty
🕗️	eight o’clock	8 00 time
🕣️	eight-thirty	30 8 clock eight thirty time
🕘️	nine o’clock	9 00 time
🕤️	nine-thirty	30 9 clock nine thirty time
🕙️	ten o’clock	0 10 00
🕥️	ten-thirty	10 30 clock ten thirty time
🕚️	eleven o’clock	11 00 time
🕦️	eleven-thirty	11 30 clock eleven thirty time
🌑	new moon	dark space
🌒	waxing crescent moon	dreams space
🌓	first quarter moon	space
🌔	waxing gibbous moon	space
🌕️	full moon	space
🌖	waning gibbous moon	space
🌗	last quarter moon	space
🌘	waning crescent moon	space
🌙	crescent moon	ramadan space
🌚	new moon face	space
🌛	first quarter moon face	space
🌜️	last quarter moon face	dreams
🌡️	thermometer	weather
☀️	sun	bright rays space sunny weather
🌝	full moon face	bright
🌞	sun with face	beach bright day heat shine sunny sunshine weather
🪐	ringed planet	saturn saturnine
⭐️	star	astronomy medium stars white
🌟	glowing star	glittery glow night shining sparkle win
🌠	shooting star	falling night space
🌌	milky way	space
☁️	cloud	weather
⛅️	sun behind cloud	cloudy weather
⛈️	cloud with lightning and rain	thunder thunderstorm
🌤️	sun behind small cloud	weather
🌥️	sun behind large cloud	weather
🌦️	sun behind rain cloud	weather
🌧️	cloud with rain	weather
🌨️	cloud with snow	cold weather
🌩️	cloud with lightning	weather
🌪️	tornado	cloud weather whirlwind
🌫️	fog	cloud weather
🌬️	wind face	blow cloud
🌀	cyclone	dizzy hurricane twister typhoon weather
🌈	rainbow	gay genderqueer glbt glbtq lesbian lgbt lgbtq lgbtqia nature pride queer rain trans transgender weather
🌂	closed umbrella	clothing rain
☂️	umbrella	clothing rain
☔️	umbrella with rain drops	clothing drop weather
⛱️	umbrella on ground	rain sun
⚡️	high voltage	danger electric electricity lightning nature thunder thunderbolt zap
❄️	snowflake	cold snow weather
☃️	snowman	cold man snow
⛄️	snowman without snow	cold man
☄️	comet	space
🔥	fire	af burn flame hot lit litaf tool
💧	droplet	cold comic drop nature sad sweat tear water weather
🌊	water wave	nature ocean surf surfer surfing`},{key:"activities",lines:`🎃	jack-o-lantern	celebration halloween jack lantern pumpkin
🎄	Christmas tree	celebration
🎆	fireworks	boom celebration entertainment yolo
🎇	sparkler	boom celebration fireworks sparkle
🧨	firecracker	dynamite explosive fire fireworks light pop popping spark
✨️	sparkles	magic sparkle star
🎈	balloon	birthday celebrate celebration
🎉	party popper	awesome birthday celebrate celebration excited hooray tada woohoo
🎊	confetti ball	celebrate celebration party woohoo
🎋	tanabata tree	banner celebration japanese
🎍	pine decoration	bamboo celebration japanese plant
🎎	Japanese dolls	celebration doll festival
🎏	carp streamer	celebration
🎐	wind chime	bell celebration
🎑	moon viewing ceremony	celebration
🧧	red envelope	gift good hóngbāo lai luck money see
🎀	ribbon	celebration
🎁	wrapped gift	birthday bow box celebration christmas present surprise
🎗️	reminder ribbon	celebration
🎟️	admission tickets	ticket
🎫	ticket	admission stub
🎖️	military medal	award celebration
🏆️	trophy	champion champs prize slay sport victory win winning
🏅	sports medal	award gold winner
🥇	1st place medal	first gold
🥈	2nd place medal	second silver
🥉	3rd place medal	bronze third
⚽️	soccer ball	football futbol sport
⚾️	baseball	ball sport
🥎	softball	ball glove sports underarm
🏀	basketball	ball hoop sport
🏐	volleyball	ball game
🏈	american football	ball bowl sport super
🏉	rugby football	ball sport
🎾	tennis	ball racquet sport
🥏	flying disc	ultimate
🎳	bowling	ball game sport strike
🏏	cricket game	ball bat
🏑	field hockey	ball game stick
🏒	ice hockey	game puck stick
🥍	lacrosse	ball goal sports stick
🏓	ping pong	ball bat game paddle pingpong table tennis
🏸	badminton	birdie game racquet shuttlecock
🥊	boxing glove	
🥋	martial arts uniform	judo karate taekwondo
🥅	goal net	
⛳️	flag in hole	golf sport
⛸️	ice skate	skating
🎣	fishing pole	entertainment fish sport
🤿	diving mask	scuba snorkeling
🎽	running shirt	athletics sash
🎿	skis	ski snow sport
🛷	sled	luge sledge sleigh snow toboggan
🥌	curling stone	game rock
🎯	bullseye	bull dart direct entertainment game hit target
🪀	yo-yo	fluctuate toy
🪁	kite	fly soar
🔫	water pistol	gun handgun revolver tool weapon
🎱	pool 8 ball	8ball billiard eight game
🔮	crystal ball	fairy fairytale fantasy fortune future magic tale tool
🪄	magic wand	magician witch wizard
🎮️	video game	controller entertainment
🕹️	joystick	game video videogame
🎰	slot machine	casino gamble gambling game slots
🎲	game die	dice entertainment
🧩	puzzle piece	clue interlocking jigsaw
🧸	teddy bear	plaything plush stuffed toy
🪅	piñata	candy celebrate celebration cinco de festive mayo party pinada pinata
🪩	mirror ball	dance disco glitter party
🪆	nesting dolls	babooshka baboushka babushka doll matryoshka russia
♠️	spade suit	card game
♥️	heart suit	card emotion game hearts
♦️	diamond suit	card game
♣️	club suit	card clubs game
♟️	chess pawn	dupe expendable
🃏	joker	card game wildcard
🀄️	mahjong red dragon	game
🎴	flower playing cards	card game japanese
🎭️	performing arts	actor actress art entertainment mask theater theatre thespian
🖼️	framed picture	art frame museum painting
🎨	artist palette	art artsy arty colorful creative entertainment museum painter painting
🧵	thread	needle sewing spool string
🪡	sewing needle	embroidery sew stitches sutures tailoring thread
🧶	yarn	ball crochet knit
🪢	knot	cord rope tangled tie twine twist`},{key:"objects",lines:`👓️	glasses	clothing eye eyeglasses eyewear
🕶️	sunglasses	dark eye eyewear glasses
🥽	goggles	dive eye protection scuba swimming welding
🥼	lab coat	clothes doctor dr experiment jacket scientist white
🦺	safety vest	emergency
👔	necktie	clothing employed serious shirt tie
👕	t-shirt	blue casual clothes clothing collar dressed shirt shopping tshirt weekend
👖	jeans	blue casual clothes clothing denim dressed pants shopping trousers weekend
🧣	scarf	bundle cold neck up
🧤	gloves	hand
🧥	coat	brr bundle cold jacket up
🧦	socks	stocking
👗	dress	clothes clothing dressed fancy shopping
👘	kimono	clothing comfortable
🥻	sari	clothing dress
🩱	one-piece swimsuit	bathing suit
🩲	briefs	bathing one-piece suit swimsuit underwear
🩳	shorts	bathing pants suit swimsuit underwear
👙	bikini	bathing beach clothing pool suit swim
👚	woman’s clothes	blouse clothing collar dress dressed lady shirt shopping
🪭	folding hand fan	clack clap cool cooling dance flirt flutter hot shy
👛	purse	clothes clothing coin dress fancy handbag shopping
👜	handbag	bag clothes clothing dress lady purse shopping
👝	clutch bag	clothes clothing dress handbag pouch purse
🛍️	shopping bags	bag hotel
🎒	backpack	backpacking bag bookbag education rucksack satchel school
🩴	thong sandal	beach flip flop sandals shoe thongs zōri
👞	man’s shoe	brown clothes clothing feet foot kick shoes shopping
👟	running shoe	athletic clothes clothing fast kick shoes shopping sneaker tennis
🥾	hiking boot	backpacking brown camping outdoors shoe
🥿	flat shoe	ballet comfy flats slip-on slipper
👠	high-heeled shoe	clothes clothing dress fashion heel heels shoes shopping stiletto woman
👡	woman’s sandal	clothing shoe
🩰	ballet shoes	dance
👢	woman’s boot	clothes clothing dress shoe shoes shopping
🪮	hair pick	afro comb groom
👑	crown	clothing family king medieval queen royal royalty win
👒	woman’s hat	clothes clothing garden hats party
🎩	top hat	clothes clothing fancy formal magic tophat
🎓️	graduation cap	celebration clothing education hat scholar
🧢	billed cap	baseball bent dad hat
🪖	military helmet	army soldier war warrior
⛑️	rescue worker’s helmet	aid cross face hat
📿	prayer beads	clothing necklace religion
💄	lipstick	cosmetics date makeup
💍	ring	diamond engaged engagement married romance shiny sparkling wedding
💎	gem stone	diamond engagement jewel money romance wedding
🔇	muted speaker	mute quiet silent sound
🔈️	speaker low volume	soft sound
🔉	speaker medium volume	sound
🔊	speaker high volume	loud music sound
📢	loudspeaker	address communication loud public sound
📣	megaphone	cheering sound
📯	postal horn	post
🔔	bell	break church sound
🔕	bell with slash	forbidden mute no not prohibited quiet silent sound
🎼	musical score	music note
🎵	musical note	music sound
🎶	musical notes	music note sound
🎙️	studio microphone	mic music
🎚️	level slider	music
🎛️	control knobs	music
🎤	microphone	karaoke mic music sing sound
🎧️	headphone	earbud sound
📻️	radio	entertainment tbt video
🎷	saxophone	instrument music sax
🎺	trumpet	instrument music
🪗	accordion	box concertina instrument music squeeze squeezebox
🎸	guitar	instrument music strat
🎹	musical keyboard	instrument music piano
🎻	violin	instrument music
🪕	banjo	music stringed
🥁	drum	drumsticks music
🪘	long drum	beat conga instrument rhythm
🪇	maracas	cha dance instrument music party percussion rattle shake shaker
🪈	flute	band fife flautist instrument marching music orchestra piccolo pipe recorder woodwind
📱	mobile phone	cell communication telephone
📲	mobile phone with arrow	build call cell communication receive telephone
☎️	telephone	phone
📞	telephone receiver	communication phone voip
📟️	pager	communication
📠	fax machine	communication
🔋	battery	
🪫	low battery	drained electronic energy power
🔌	electric plug	electricity
💻️	laptop	computer office pc personal
🖥️	desktop computer	monitor
🖨️	printer	computer
⌨️	keyboard	computer
🖱️	computer mouse	
🖲️	trackball	computer
💽	computer disk	minidisk optical
💾	floppy disk	computer
💿️	optical disk	blu-ray cd computer dvd
📀	dvd	blu-ray cd computer disk optical
🧮	abacus	calculation calculator
🎥	movie camera	bollywood cinema film hollywood record
🎞️	film frames	cinema movie
📽️	film projector	cinema movie video
🎬️	clapper board	action movie
📺️	television	tv video
📷️	camera	photo selfie snap tbt trip video
📸	camera with flash	video
📹️	video camera	camcorder tbt
📼	videocassette	old school tape vcr vhs video
🔍️	magnifying glass tilted left	lab left-pointing science search tool
🔎	magnifying glass tilted right	contact lab right-pointing science search tool
🕯️	candle	light
💡	light bulb	comic electric idea
🔦	flashlight	electric light tool torch
🏮	red paper lantern	bar light restaurant
🪔	diya lamp	light oil
📔	notebook with decorative cover	book decorated education school writing
📕	closed book	education
📖	open book	education fantasy knowledge library novels reading
📗	green book	education fantasy library reading
📘	blue book	education fantasy library reading
📙	orange book	education fantasy library reading
📚️	books	book education fantasy knowledge library novels reading school study
📓	notebook	
📒	ledger	notebook
📃	page with curl	document paper
📜	scroll	paper
📄	page facing up	document paper
📰	newspaper	communication news paper
🗞️	rolled-up newspaper	news paper rolled
📑	bookmark tabs	mark marker
🔖	bookmark	mark
🏷️	label	tag
🪙	coin	dollar euro gold metal money rich silver treasure
💰️	money bag	bank bet billion cash cost dollar gold million moneybag paid paying pot rich win
💴	yen banknote	bank bill currency money note
💵	dollar banknote	bank bill currency money note
💶	euro banknote	100 bank bill currency money note rich
💷	pound banknote	bank bill billion cash currency money note pounds
💸	money with wings	bank banknote bill billion cash dollar fly million note pay
💳️	credit card	bank cash charge money pay
🧾	receipt	accounting bookkeeping evidence invoice proof
💹	chart increasing with yen	bank currency graph growth market money rise trend upward
✉️	envelope	e-mail email letter
📧	e-mail	email letter mail
📨	incoming envelope	delivering e-mail email letter mail receive sent
📩	envelope with arrow	communication down e-mail email letter mail outgoing send sent
📤️	outbox tray	box email letter mail sent
📥️	inbox tray	box email letter mail receive zero
📦️	package	box communication delivery parcel shipping
📫️	closed mailbox with raised flag	communication mail postbox
📪️	closed mailbox with lowered flag	mail postbox
📬️	open mailbox with raised flag	mail postbox
📭️	open mailbox with lowered flag	mail postbox
📮	postbox	mail mailbox
🗳️	ballot box with ballot	
✏️	pencil	
✒️	black nib	pen
🖋️	fountain pen	
🖊️	pen	ballpoint
🖌️	paintbrush	painting
🖍️	crayon	
📝	memo	communication media notes pencil
💼	briefcase	office
📁	file folder	
📂	open file folder	
🗂️	card index dividers	
📅	calendar	date
📆	tear-off calendar	
🗒️	spiral notepad	note pad
🗓️	spiral calendar	pad
📇	card index	old rolodex school
📈	chart increasing	data graph growth right trend up upward
📉	chart decreasing	data down downward graph negative trend
📊	bar chart	data graph
📋️	clipboard	do list notes
📌	pushpin	collage pin
📍	round pushpin	location map pin
📎	paperclip	
🖇️	linked paperclips	link paperclip
📏	straight ruler	angle edge math straightedge
📐	triangular ruler	angle math rule set slide triangle
✂️	scissors	cut cutting paper tool
🗃️	card file box	
🗄️	file cabinet	filing paper
🗑️	wastebasket	can garbage trash waste
🔒️	locked	closed lock private
🔓️	unlocked	cracked lock open unlock
🔏	locked with pen	ink lock nib privacy
🔐	locked with key	bike closed lock secure
🔑	key	keys lock major password unlock
🗝️	old key	clue lock
🔨	hammer	home improvement repairs tool
🪓	axe	ax chop hatchet split wood
⛏️	pick	hammer mining tool
⚒️	hammer and pick	tool
🛠️	hammer and wrench	spanner tool
🗡️	dagger	knife weapon
⚔️	crossed swords	weapon
💣️	bomb	boom comic dangerous explosion hot
🪃	boomerang	rebound repercussion weapon
🏹	bow and arrow	archer archery sagittarius tool weapon zodiac
🛡️	shield	weapon
🪚	carpentry saw	carpenter cut lumber tool trim
🔧	wrench	home improvement spanner tool
🪛	screwdriver	flathead handy screw tool
🔩	nut and bolt	home improvement tool
⚙️	gear	cog cogwheel tool
🗜️	clamp	compress tool vice
⚖️	balance scale	justice libra scales tool weight zodiac
🦯	white cane	accessibility blind probing
🔗	link	links
⛓️	chains	chain
🪝	hook	catch crook curve ensnare point selling
🧰	toolbox	box chest mechanic red tool
🧲	magnet	attraction horseshoe magnetic negative positive shape u
🪜	ladder	climb rung step
⚗️	alembic	chemistry tool
🧪	test tube	chemist chemistry experiment lab science
🧫	petri dish	bacteria biologist biology culture lab
🧬	dna	biologist evolution gene genetics life
🔬	microscope	experiment lab science tool
🔭	telescope	contact extraterrestrial science tool
📡	satellite antenna	aliens contact dish science
💉	syringe	doctor flu medicine needle shot sick tool vaccination
🩸	drop of blood	bleed donation injury medicine menstruation
💊	pill	doctor drugs medicated medicine pills sick vitamin
🩹	adhesive bandage	
🩼	crutch	aid cane disability help hurt injured mobility stick
🩺	stethoscope	doctor heart medicine
🩻	x-ray	bones doctor medical skeleton skull xray
🚪	door	back closet front
🛗	elevator	accessibility hoist lift
🪞	mirror	makeup reflection reflector speculum
🪟	window	air frame fresh opening transparent view
🛏️	bed	hotel sleep
🛋️	couch and lamp	hotel
🪑	chair	seat sit
🚽	toilet	bathroom
🪠	plunger	cup force plumber poop suction toilet
🚿	shower	water
🛁	bathtub	bath
🪤	mouse trap	bait cheese lure mousetrap snare
🪒	razor	sharp shave
🧴	lotion bottle	moisturizer shampoo sunscreen
🧷	safety pin	diaper punk rock
🧹	broom	cleaning sweeping witch
🧺	basket	farming laundry picnic
🧻	roll of paper	toilet towels
🪣	bucket	cask pail vat
🧼	soap	bar bathing clean cleaning lather soapdish
🫧	bubbles	bubble burp clean floating pearl soap underwater
🪥	toothbrush	bathroom brush clean dental hygiene teeth toiletry
🧽	sponge	absorbing cleaning porous soak
🧯	fire extinguisher	extinguish quench
🛒	shopping cart	trolley
🚬	cigarette	smoking
⚰️	coffin	dead death vampire
🪦	headstone	cemetery dead grave graveyard memorial rip tomb tombstone
⚱️	funeral urn	ashes death
🧿	nazar amulet	bead blue charm evil-eye talisman
🪬	hamsa	amulet fatima fortune guide hand mary miriam palm protect protection
🗿	moai	face moyai statue stoneface travel
🪧	placard	card demonstration notice picket plaque protest sign
🪪	identification card	credentials document id license security`},{key:"symbols",lines:`🏧	ATM sign	automated bank cash money teller
🚮	litter in bin sign	litterbin
🚰	potable water	drinking
♿️	wheelchair symbol	access handicap
🚹️	men’s room	bathroom lavatory man restroom toilet wc
🚺️	women’s room	bathroom lavatory restroom toilet wc woman
🚻	restroom	bathroom lavatory toilet wc
🚼️	baby symbol	changing
🚾	water closet	bathroom lavatory restroom toilet wc
🛂	passport control	
🛃	customs	packing
🛄	baggage claim	arrived bags case checked journey packing plane ready travel trip
🛅	left luggage	baggage case locker
⚠️	warning	caution
🚸	children crossing	child pedestrian traffic
⛔️	no entry	do fail forbidden not pass prohibited traffic
🚫	prohibited	entry forbidden no not smoke
🚳	no bicycles	bicycle bike forbidden not prohibited
🚭️	no smoking	forbidden not prohibited smoke
🚯	no littering	forbidden litter not prohibited
🚱	non-potable water	dry non-drinking prohibited
🚷	no pedestrians	forbidden not pedestrian prohibited
📵	no mobile phones	cell forbidden not phone prohibited telephone
🔞	no one under eighteen	18 age forbidden not prohibited restriction underage
☢️	radioactive	sign
☣️	biohazard	sign
⬆️	up arrow	cardinal direction north
↗️	up-right arrow	direction intercardinal northeast
➡️	right arrow	cardinal direction east
↘️	down-right arrow	direction intercardinal southeast
⬇️	down arrow	cardinal direction south
↙️	down-left arrow	direction intercardinal southwest
⬅️	left arrow	cardinal direction west
↖️	up-left arrow	direction intercardinal northwest
↕️	up-down arrow	
↔️	left-right arrow	
↩️	right arrow curving left	
↪️	left arrow curving right	
⤴️	right arrow curving up	
⤵️	right arrow curving down	
🔃	clockwise vertical arrows	arrow refresh reload
🔄	counterclockwise arrows button	again anticlockwise arrow deja refresh rewindershins vu
🔙	BACK arrow	
🔚	END arrow	
🔛	ON! arrow	mark
🔜	SOON arrow	brb omw
🔝	TOP arrow	homie up
🛐	place of worship	pray religion
⚛️	atom symbol	atheist
🕉️	om	hindu religion
✡️	star of David	jew jewish judaism religion
☸️	wheel of dharma	buddhist religion
☯️	yin yang	difficult lives religion tao taoist total yinyang
✝️	latin cross	christ christian religion
☦️	orthodox cross	christian religion
☪️	star and crescent	islam muslim ramadan religion
☮️	peace symbol	healing peaceful
🕎	menorah	candelabrum candlestick hanukkah jewish judaism religion
🔯	dotted six-pointed star	fortune jewish judaism
🪯	khanda	deg fateh khalsa religion sikh sikhism tegh
♈️	Aries	horoscope ram zodiac
♉️	Taurus	bull horoscope ox zodiac
♊️	Gemini	horoscope twins zodiac
♋️	Cancer	crab horoscope zodiac
♌️	Leo	horoscope lion zodiac
♍️	Virgo	horoscope zodiac
♎️	Libra	balance horoscope justice scales zodiac
♏️	Scorpio	horoscope scorpion scorpius zodiac
♐️	Sagittarius	archer horoscope zodiac
♑️	Capricorn	goat horoscope zodiac
♒️	Aquarius	bearer horoscope water zodiac
♓️	Pisces	fish horoscope zodiac
⛎️	Ophiuchus	bearer serpent snake zodiac
🔀	shuffle tracks button	arrow crossed
🔁	repeat button	arrow clockwise
🔂	repeat single button	arrow clockwise once
▶️	play button	arrow right triangle
⏩️	fast-forward button	arrow double fast forward
⏭️	next track button	arrow scene triangle
⏯️	play or pause button	arrow right triangle
◀️	reverse button	arrow left triangle
⏪️	fast reverse button	arrow double rewind
⏮️	last track button	arrow previous scene triangle
🔼	upwards button	arrow red up
⏫️	fast up button	arrow double
🔽	downwards button	arrow down red
⏬️	fast down button	arrow double
⏸️	pause button	bar double vertical
⏹️	stop button	square
⏺️	record button	circle
⏏️	eject button	
🎦	cinema	camera film movie
🔅	dim button	brightness low
🔆	bright button	brightness light
📶	antenna bars	bar cell communication mobile phone signal telephone
🛜	wireless	broadband computer connectivity hotspot internet network router smartphone wi-fi wifi wlan
📳	vibration mode	cell communication mobile phone telephone
📴	mobile phone off	cell telephone
♀️	female sign	woman
♂️	male sign	man
⚧️	transgender symbol	
✖️	multiply	cancel multiplication sign x
➕️	plus	+
➖️	minus	- heavy math sign
➗️	divide	division heavy math sign
🟰	heavy equals sign	answer equal equality math
♾️	infinity	forever unbounded universal
‼️	double exclamation mark	bangbang punctuation
⁉️	exclamation question mark	interrobang punctuation
❓️	red question mark	punctuation
❔️	white question mark	outlined punctuation
❕️	white exclamation mark	outlined punctuation
❗️	red exclamation mark	punctuation
〰️	wavy dash	punctuation
💱	currency exchange	bank money
💲	heavy dollar sign	billion cash charge currency million money pay
⚕️	medical symbol	aesculapius medicine staff
♻️	recycling symbol	recycle
⚜️	fleur-de-lis	knights
🔱	trident emblem	anchor poseidon ship tool
📛	name badge	
🔰	Japanese symbol for beginner	chevron green leaf tool yellow
⭕️	hollow red circle	heavy large o
✅️	check mark button	checked checkmark complete completed done fixed tick
☑️	check box with check	ballot checked done off tick
✔️	check mark	checked checkmark done heavy tick
❌️	cross mark	cancel multiplication multiply x
❎️	cross mark button	multiplication multiply square x
➰️	curly loop	curl
➿️	double curly loop	curl
〽️	part alternation mark	
✳️	eight-spoked asterisk	
✴️	eight-pointed star	
❇️	sparkle	
©️	copyright	c
®️	registered	r
™️	trade mark	tm trademark
#️⃣	keycap: #	
*️⃣	keycap: *	
0️⃣	keycap: 0	zero
1️⃣	keycap: 1	one
2️⃣	keycap: 2	two
3️⃣	keycap: 3	three
4️⃣	keycap: 4	four
5️⃣	keycap: 5	five
6️⃣	keycap: 6	six
7️⃣	keycap: 7	seven
8️⃣	keycap: 8	eight
9️⃣	keycap: 9	nine
🔟	keycap: 10	
🔠	input latin uppercase	abcd letters
🔡	input latin lowercase	abcd letters
🔢	input numbers	1234
🔣	input symbols	
🔤	input latin letters	abc alphabet
🅰️	A button (blood type)	
🆎	AB button (blood type)	
🅱️	B button (blood type)	
🆑	CL button	
🆒	COOL button	
🆓	FREE button	
ℹ️	information	i
🆔	ID button	identity
Ⓜ️	circled M	circle
🆕	NEW button	
🆖	NG button	
🅾️	O button (blood type)	
🆗	OK button	okay
🅿️	P button	parking
🆘	SOS button	help
🆙	UP! button	mark
🆚	VS button	versus
🈁	Japanese “here” button	katakana
🈂️	Japanese “service charge” button	katakana
🈷️	Japanese “monthly amount” button	ideograph
🈶	Japanese “not free of charge” button	ideograph
🈯️	Japanese “reserved” button	ideograph
🉐	Japanese “bargain” button	ideograph
🈹	Japanese “discount” button	ideograph
🈚️	Japanese “free of charge” button	ideograph
🈲	Japanese “prohibited” button	ideograph
🉑	Japanese “acceptable” button	ideograph
🈸	Japanese “application” button	ideograph
🈴	Japanese “passing grade” button	ideograph
🈳	Japanese “vacancy” button	ideograph
㊗️	Japanese “congratulations” button	ideograph
㊙️	Japanese “secret” button	ideograph
🈺	Japanese “open for business” button	ideograph
🈵	Japanese “no vacancy” button	ideograph
🔴	red circle	geometric
🟠	orange circle	
🟡	yellow circle	
🟢	green circle	
🔵	blue circle	geometric
🟣	purple circle	
🟤	brown circle	
⚫️	black circle	geometric
⚪️	white circle	geometric
🟥	red square	card penalty
🟧	orange square	
🟨	yellow square	card penalty
🟩	green square	
🟦	blue square	
🟪	purple square	
🟫	brown square	
⬛️	black large square	geometric
⬜️	white large square	geometric
◼️	black medium square	geometric
◻️	white medium square	geometric
◾️	black medium-small square	geometric
◽️	white medium-small square	geometric
▪️	black small square	geometric
▫️	white small square	geometric
🔶	large orange diamond	geometric
🔷	large blue diamond	geometric
🔸	small orange diamond	geometric
🔹	small blue diamond	geometric
🔺	red triangle pointed up	geometric
🔻	red triangle pointed down	geometric
💠	diamond with a dot	comic geometric
🔘	radio button	geometric
🔳	white square button	geometric outlined
🔲	black square button	geometric`},{key:"flags",lines:`🏁	chequered flag	checkered finish flags game race racing sport win
🚩	triangular flag	construction golf post
🎌	crossed flags	celebration cross japanese
🏴	black flag	waving
🏳️	white flag	waving
🏳️‍🌈	rainbow flag	bisexual gay genderqueer glbt glbtq lesbian lgbt lgbtq lgbtqia pride queer trans transgender
🏳️‍⚧️	transgender flag	blue light pink white
🏴‍☠️	pirate flag	jolly plunder roger treasure
🇦🇨	flag: Ascension Island	ac
🇦🇩	flag: Andorra	ad
🇦🇪	flag: United Arab Emirates	ae
🇦🇫	flag: Afghanistan	af
🇦🇬	flag: Antigua & Barbuda	ag
🇦🇮	flag: Anguilla	ai
🇦🇱	flag: Albania	al
🇦🇲	flag: Armenia	am
🇦🇴	flag: Angola	ao
🇦🇶	flag: Antarctica	aq
🇦🇷	flag: Argentina	ar
🇦🇸	flag: American Samoa	as
🇦🇹	flag: Austria	at
🇦🇺	flag: Australia	au
🇦🇼	flag: Aruba	aw
🇦🇽	flag: Åland Islands	ax
🇦🇿	flag: Azerbaijan	az
🇧🇦	flag: Bosnia & Herzegovina	ba
🇧🇧	flag: Barbados	bb
🇧🇩	flag: Bangladesh	bd
🇧🇪	flag: Belgium	be
🇧🇫	flag: Burkina Faso	bf
🇧🇬	flag: Bulgaria	bg
🇧🇭	flag: Bahrain	bh
🇧🇮	flag: Burundi	bi
🇧🇯	flag: Benin	bj
🇧🇱	flag: St. Barthélemy	bl
🇧🇲	flag: Bermuda	bm
🇧🇳	flag: Brunei	bn
🇧🇴	flag: Bolivia	bo
🇧🇶	flag: Caribbean Netherlands	bq
🇧🇷	flag: Brazil	br
🇧🇸	flag: Bahamas	bs
🇧🇹	flag: Bhutan	bt
🇧🇻	flag: Bouvet Island	bv
🇧🇼	flag: Botswana	bw
🇧🇾	flag: Belarus	by
🇧🇿	flag: Belize	bz
🇨🇦	flag: Canada	ca
🇨🇨	flag: Cocos (Keeling) Islands	cc
🇨🇩	flag: Congo - Kinshasa	cd
🇨🇫	flag: Central African Republic	cf
🇨🇬	flag: Congo - Brazzaville	cg
🇨🇭	flag: Switzerland	ch
🇨🇮	flag: Côte d’Ivoire	ci
🇨🇰	flag: Cook Islands	ck
🇨🇱	flag: Chile	cl
🇨🇲	flag: Cameroon	cm
🇨🇳	flag: China	cn
🇨🇴	flag: Colombia	co
🇨🇵	flag: Clipperton Island	cp
🇨🇷	flag: Costa Rica	cr
🇨🇺	flag: Cuba	cu
🇨🇻	flag: Cape Verde	cv
🇨🇼	flag: Curaçao	cw
🇨🇽	flag: Christmas Island	cx
🇨🇾	flag: Cyprus	cy
🇨🇿	flag: Czechia	cz
🇩🇪	flag: Germany	de
🇩🇬	flag: Diego Garcia	dg
🇩🇯	flag: Djibouti	dj
🇩🇰	flag: Denmark	dk
🇩🇲	flag: Dominica	dm
🇩🇴	flag: Dominican Republic	do
🇩🇿	flag: Algeria	dz
🇪🇦	flag: Ceuta & Melilla	ea
🇪🇨	flag: Ecuador	ec
🇪🇪	flag: Estonia	ee
🇪🇬	flag: Egypt	eg
🇪🇭	flag: Western Sahara	eh
🇪🇷	flag: Eritrea	er
🇪🇸	flag: Spain	es
🇪🇹	flag: Ethiopia	et
🇪🇺	flag: European Union	eu
🇫🇮	flag: Finland	fi
🇫🇯	flag: Fiji	fj
🇫🇰	flag: Falkland Islands	fk
🇫🇲	flag: Micronesia	fm
🇫🇴	flag: Faroe Islands	fo
🇫🇷	flag: France	fr
🇬🇦	flag: Gabon	ga
🇬🇧	flag: United Kingdom	gb
🇬🇩	flag: Grenada	gd
🇬🇪	flag: Georgia	ge
🇬🇫	flag: French Guiana	gf
🇬🇬	flag: Guernsey	gg
🇬🇭	flag: Ghana	gh
🇬🇮	flag: Gibraltar	gi
🇬🇱	flag: Greenland	gl
🇬🇲	flag: Gambia	gm
🇬🇳	flag: Guinea	gn
🇬🇵	flag: Guadeloupe	gp
🇬🇶	flag: Equatorial Guinea	gq
🇬🇷	flag: Greece	gr
🇬🇸	flag: South Georgia & South Sandwich Islands	gs
🇬🇹	flag: Guatemala	gt
🇬🇺	flag: Guam	gu
🇬🇼	flag: Guinea-Bissau	gw
🇬🇾	flag: Guyana	gy
🇭🇰	flag: Hong Kong SAR China	hk
🇭🇲	flag: Heard & McDonald Islands	hm
🇭🇳	flag: Honduras	hn
🇭🇷	flag: Croatia	hr
🇭🇹	flag: Haiti	ht
🇭🇺	flag: Hungary	hu
🇮🇨	flag: Canary Islands	ic
🇮🇩	flag: Indonesia	id
🇮🇪	flag: Ireland	ie
🇮🇱	flag: Israel	il
🇮🇲	flag: Isle of Man	im
🇮🇳	flag: India	in
🇮🇴	flag: British Indian Ocean Territory	io
🇮🇶	flag: Iraq	iq
🇮🇷	flag: Iran	ir
🇮🇸	flag: Iceland	is
🇮🇹	flag: Italy	it
🇯🇪	flag: Jersey	je
🇯🇲	flag: Jamaica	jm
🇯🇴	flag: Jordan	jo
🇯🇵	flag: Japan	jp
🇰🇪	flag: Kenya	ke
🇰🇬	flag: Kyrgyzstan	kg
🇰🇭	flag: Cambodia	kh
🇰🇮	flag: Kiribati	ki
🇰🇲	flag: Comoros	km
🇰🇳	flag: St. Kitts & Nevis	kn
🇰🇵	flag: North Korea	kp
🇰🇷	flag: South Korea	kr
🇰🇼	flag: Kuwait	kw
🇰🇾	flag: Cayman Islands	ky
🇰🇿	flag: Kazakhstan	kz
🇱🇦	flag: Laos	la
🇱🇧	flag: Lebanon	lb
🇱🇨	flag: St. Lucia	lc
🇱🇮	flag: Liechtenstein	li
🇱🇰	flag: Sri Lanka	lk
🇱🇷	flag: Liberia	lr
🇱🇸	flag: Lesotho	ls
🇱🇹	flag: Lithuania	lt
🇱🇺	flag: Luxembourg	lu
🇱🇻	flag: Latvia	lv
🇱🇾	flag: Libya	ly
🇲🇦	flag: Morocco	ma
🇲🇨	flag: Monaco	mc
🇲🇩	flag: Moldova	md
🇲🇪	flag: Montenegro	me
🇲🇫	flag: St. Martin	mf
🇲🇬	flag: Madagascar	mg
🇲🇭	flag: Marshall Islands	mh
🇲🇰	flag: North Macedonia	mk
🇲🇱	flag: Mali	ml
🇲🇲	flag: Myanmar (Burma)	mm
🇲🇳	flag: Mongolia	mn
🇲🇴	flag: Macao SAR China	mo
🇲🇵	flag: Northern Mariana Islands	mp
🇲🇶	flag: Martinique	mq
🇲🇷	flag: Mauritania	mr
🇲🇸	flag: Montserrat	ms
🇲🇹	flag: Malta	mt
🇲🇺	flag: Mauritius	mu
🇲🇻	flag: Maldives	mv
🇲🇼	flag: Malawi	mw
🇲🇽	flag: Mexico	mx
🇲🇾	flag: Malaysia	my
🇲🇿	flag: Mozambique	mz
🇳🇦	flag: Namibia	na
🇳🇨	flag: New Caledonia	nc
🇳🇪	flag: Niger	ne
🇳🇫	flag: Norfolk Island	nf
🇳🇬	flag: Nigeria	ng
🇳🇮	flag: Nicaragua	ni
🇳🇱	flag: Netherlands	nl
🇳🇴	flag: Norway	no
🇳🇵	flag: Nepal	np
🇳🇷	flag: Nauru	nr
🇳🇺	flag: Niue	nu
🇳🇿	flag: New Zealand	nz
🇴🇲	flag: Oman	om
🇵🇦	flag: Panama	pa
🇵🇪	flag: Peru	pe
🇵🇫	flag: French Polynesia	pf
🇵🇬	flag: Papua New Guinea	pg
🇵🇭	flag: Philippines	ph
🇵🇰	flag: Pakistan	pk
🇵🇱	flag: Poland	pl
🇵🇲	flag: St. Pierre & Miquelon	pm
🇵🇳	flag: Pitcairn Islands	pn
🇵🇷	flag: Puerto Rico	pr
🇵🇸	flag: Palestinian Territories	ps
🇵🇹	flag: Portugal	pt
🇵🇼	flag: Palau	pw
🇵🇾	flag: Paraguay	py
🇶🇦	flag: Qatar	qa
🇷🇪	flag: Réunion	re
🇷🇴	flag: Romania	ro
🇷🇸	flag: Serbia	rs
🇷🇺	flag: Russia	ru
🇷🇼	flag: Rwanda	rw
🇸🇦	flag: Saudi Arabia	sa
🇸🇧	flag: Solomon Islands	sb
🇸🇨	flag: Seychelles	sc
🇸🇩	flag: Sudan	sd
🇸🇪	flag: Sweden	se
🇸🇬	flag: Singapore	sg
🇸🇭	flag: St. Helena	sh
🇸🇮	flag: Slovenia	si
🇸🇯	flag: Svalbard & Jan Mayen	sj
🇸🇰	flag: Slovakia	sk
🇸🇱	flag: Sierra Leone	sl
🇸🇲	flag: San Marino	sm
🇸🇳	flag: Senegal	sn
🇸🇴	flag: Somalia	so
🇸🇷	flag: Suriname	sr
🇸🇸	flag: South Sudan	ss
🇸🇹	flag: São Tomé & Príncipe	st
🇸🇻	flag: El Salvador	sv
🇸🇽	flag: Sint Maarten	sx
🇸🇾	flag: Syria	sy
🇸🇿	flag: Eswatini	sz
🇹🇦	flag: Tristan da Cunha	ta
🇹🇨	flag: Turks & Caicos Islands	tc
🇹🇩	flag: Chad	td
🇹🇫	flag: French Southern Territories	tf
🇹🇬	flag: Togo	tg
🇹🇭	flag: Thailand	th
🇹🇯	flag: Tajikistan	tj
🇹🇰	flag: Tokelau	tk
🇹🇱	flag: Timor-Leste	tl
🇹🇲	flag: Turkmenistan	tm
🇹🇳	flag: Tunisia	tn
🇹🇴	flag: Tonga	to
🇹🇷	flag: Türkiye	tr
🇹🇹	flag: Trinidad & Tobago	tt
🇹🇻	flag: Tuvalu	tv
🇹🇼	flag: Taiwan	tw
🇹🇿	flag: Tanzania	tz
🇺🇦	flag: Ukraine	ua
🇺🇬	flag: Uganda	ug
🇺🇲	flag: U.S. Outlying Islands	um
🇺🇳	flag: United Nations	un
🇺🇸	flag: United States	us
🇺🇾	flag: Uruguay	uy
🇺🇿	flag: Uzbekistan	uz
🇻🇦	flag: Vatican City	va
🇻🇨	flag: St. Vincent & Grenadines	vc
🇻🇪	flag: Venezuela	ve
🇻🇬	flag: British Virgin Islands	vg
🇻🇮	flag: U.S. Virgin Islands	vi
🇻🇳	flag: Vietnam	vn
🇻🇺	flag: Vanuatu	vu
🇼🇫	flag: Wallis & Futuna	wf
🇼🇸	flag: Samoa	ws
🇽🇰	flag: Kosovo	xk
🇾🇪	flag: Yemen	ye
🇾🇹	flag: Mayotte	yt
🇿🇦	flag: South Africa	za
🇿🇲	flag: Zambia	zm
🇿🇼	flag: Zimbabwe	zw
🏴󠁧󠁢󠁥󠁮󠁧󠁿	flag: England	gbeng
🏴󠁧󠁢󠁳󠁣󠁴󠁿	flag: Scotland	gbsct
🏴󠁧󠁢󠁷󠁬󠁳󠁿	flag: Wales	gbwls`}];var Pu=80,eo;function no(){let e=t=>{let[n="",i="",r=""]=t.split("	");return{emoji:n,name:i,words:`${i} ${r}`.toLowerCase()}};return eo??=new Map(Hi.map(({key:t,lines:n})=>[t,n.split(`
`).map(e)])),eo}function Ou(e){let t=e.toLowerCase().split(/\s+/).filter(Boolean),n=({words:a})=>t.every(o=>a.startsWith(o)||a.includes(` ${o}`)),i=({words:a})=>a.startsWith(t[0]??"")?0:1;return[...no().values()].flat().filter(n).sort((a,o)=>i(a)-i(o)).slice(0,Pu)}function Pn(e){let t=no(),n=new Map([...t.values()].flat().map(({emoji:S,name:v})=>[S,v])),i=S=>{Gt.add(S),A.close(),e(S)},r=c("div.emoji-grid",{onclick:S=>a(S.target)}),a=S=>{let v=S.closest("[data-pick]")?.dataset.pick;v&&i(v)},o=S=>c("button.emoji",{type:"button","data-pick":S,"aria-label":n.get(S)??S,title:n.get(S)},S),s=S=>{let v=S==="recent"?Gt.get():(t.get(S)??[]).map(({emoji:O})=>O);r.replaceChildren(...v.map(o)),r.scrollTop=0;for(let O of x.children)O.setAttribute("aria-pressed",String(O.dataset.group===S))},d=()=>{if(!u.value.trim())return s(h);let S=Ou(u.value);r.replaceChildren(...S.map(({emoji:v})=>o(v))),S.length===0&&r.append(c("p.empty",{},l.nothingFound))},m=S=>{let v=r.querySelector("[data-pick]")?.dataset.pick;S.key!=="Enter"||!v||(S.preventDefault(),i(v))},u=c("input",{type:"search",placeholder:l.searchEmoji,"aria-label":l.searchEmoji,oninput:d,onkeydown:m}),h=Gt.get().length?"recent":"smileys",f=[...Gt.get().length?["recent"]:[],...Hi.map(({key:S})=>S)],p=S=>S==="recent"?"🕘":t.get(S)[0].emoji,x=c("div.emoji-groups",{role:"group","aria-label":l.emojiGroups.title},...f.map(S=>c("button.emoji",{type:"button","data-group":S,title:l.emojiGroups[S],"aria-label":l.emojiGroups[S],"aria-pressed":"false",onclick:()=>s(S)},p(S)))),A=X(l.chooseEmoji,u,x,r);A.classList.add("emoji-picker"),s(h),u.focus()}function io(e){let t=G(l.fileAddress,{type:"url",required:!0,placeholder:"https://…",pattern:"https?://.+",dir:"ltr"}),n=G(l.nameOptional,{maxlength:80}),i=a=>{a.preventDefault();let o=t.input.value,s=new URL(o).pathname.split("/").pop();r.close(),e({url:o,name:n.input.value.trim()||s||o,size:0,mimeType:"application/octet-stream"})},r=X(l.attachLink,c("form",{onsubmit:i},t.element,n.element,c("button.primary",{type:"submit"},l.attach)));t.input.focus()}var zu=6,_u=/(?:^|\s)@([\w.-]*)$/,On=class{element=c("ul.options.completion",{role:"listbox",id:"mentions","aria-label":l.membersHeading,hidden:!0});#t;#e;#n=[];#i=0;constructor(t,n){this.#t=t,this.#e=n,t.setAttribute("aria-controls","mentions"),t.setAttribute("aria-autocomplete","list")}hide(){this.element.hidden=!0,this.#n=[],this.#t.removeAttribute("aria-activedescendant")}update(){let t=this.#r()?.toLowerCase(),n=this.#e()?.room.members;if(t===void 0||!n)return this.hide();let i=({username:r,displayName:a})=>r.toLowerCase().startsWith(t)||a.toLowerCase().startsWith(t);this.#n=[...n.values()].map(({user:r})=>r).filter(i).slice(0,zu),this.#i=0,this.#a()}key(t){if(this.#n.length===0)return!1;let n={ArrowDown:1,ArrowUp:-1}[t.key];if(n)this.#i=(this.#i+n+this.#n.length)%this.#n.length;else if(t.key==="Enter"||t.key==="Tab")this.#o(this.#n[this.#i]);else if(t.key==="Escape")this.hide();else return!1;return t.preventDefault(),n&&this.#a(),!0}#r=()=>this.#t.value.slice(0,this.#t.selectionStart).match(_u)?.[1];#o(t){let n=this.#t.selectionStart;this.#t.setRangeText(`${t.username} `,n-(this.#r()?.length??0),n,"end"),this.hide(),this.#t.focus(),this.#t.dispatchEvent(new Event("input"))}#a(){this.element.hidden=this.#n.length===0,this.element.replaceChildren(...this.#n.map((t,n)=>this.#c(t,n))),this.#n.length?this.#t.setAttribute("aria-activedescendant",`mention-${this.#i}`):this.#t.removeAttribute("aria-activedescendant")}#c(t,n){let i=r=>{r.preventDefault(),this.#o(t)};return c("li",{role:"option",id:`mention-${n}`,"aria-selected":String(n===this.#i),onmousedown:i},gt(t,t.status),c("span.lines",{},P(t.displayName),c("small",{},P(`@${t.username}`))))}};var ju=4e3,Bu=220,ro=.9,zn=class{element;onEditLast=()=>{};onSent=()=>{};#t;#e;#n=c("div.about",{hidden:!0});#i=c("p.counter",{hidden:!0,role:"status"});#r=c("button.icon.send",{type:"submit",title:l.send,"aria-label":l.send},Y("send"));#o;#a;#c;#l;#s;#u=[];#d=0;#h=0;constructor(t){this.#t=t,this.#e=c("textarea",{rows:"1",placeholder:l.message,"aria-label":l.message,enterkeyhint:"send",autocomplete:"off",dir:"auto",oninput:()=>this.#w(),onkeydown:i=>this.#v(i)}),this.#a=new On(this.#e,()=>this.#c),this.#o=[Q("clip",l.attachLink,()=>this.#E()),Q("smile",l.insertEmoji,()=>Pn(i=>this.#k(i)))];let n=i=>{i.preventDefault(),this.#x()};this.element=c("form.composer",{onsubmit:n},this.#n,this.#a.element,c("div.line",{},...this.#o,this.#e,this.#r),this.#i),new ResizeObserver(()=>this.#e.clientWidth!==this.#h&&this.#b()).observe(this.#e)}open(t){this.#y(),this.#c=t,this.#m(t?fe.get(t.id):"")}draw(t){let n=!t.object.active;this.#e.disabled=n;for(let i of this.#o)i.disabled=n;this.#e.placeholder=n?l.chatIsArchived:l.messageTo(L(nt(t))),this.#f()}focus(){this.#e.focus()}reply(t){this.#s&&this.#m(""),this.#l=t,this.#g(),this.focus()}edit(t){this.#y(),this.#m(t.content),this.#s=t,this.#g(),this.focus()}restore(t){let n=this.#s?"":this.#e.value;this.#m(n?`${t}
${n}`:t),this.#y(),this.focus()}#m(t){this.#e.value=t,this.#l=this.#s=void 0,this.#u=[],this.#d=0,this.#g(),this.#a.hide(),this.#b(),this.#f()}#p(){this.#m(this.#s&&this.#c?fe.get(this.#c.id):this.#e.value),this.focus()}#g(){let t=this.#s??this.#l,n=this.#s?l.editingMessage:l.replyingTo(L(t?.sender.displayName??"")),i=this.#u.map(({name:r})=>c("span.attached",{},Y("clip"),P(r)));this.#n.hidden=!t&&i.length===0,this.#n.replaceChildren(c("span.lines",{},t&&c("strong",{},J(n)),t&&c("small",{},P(dt(t))),...i),Q("close",l.cancel,()=>this.#p()))}#b(){this.#h=this.#e.clientWidth,this.#e.style.height="",this.#h>0&&this.#e.value&&(this.#e.style.height=`${Math.min(this.#e.scrollHeight,Bu)}px`)}#f(){let t=La(this.#t.client),n=this.#e.value.length<t*ro?0:br(this.#e.value.trim()),i=n-t;this.#i.hidden=n<t*ro,this.#i.classList.toggle("over",i>0),this.#i.textContent=i>0?l.tooLong(i):l.characters(kt(n),kt(t)),this.#r.disabled=this.#e.disabled||i>0}#y(){this.#c&&!this.#s&&fe.set(this.#c.id,this.#e.value)}#w(){this.#b(),this.#f(),this.#a.update(),this.#y(),!(this.#s||Date.now()-this.#d<ju)&&(this.#d=Date.now(),this.#c?.typing(this.#e.value.trim()!==""))}#k(t){this.#e.setRangeText(t,this.#e.selectionStart,this.#e.selectionEnd,"end"),this.#w(),this.focus()}#v(t){t.isComposing||this.#a.key(t)||(t.key==="Enter"&&!t.shiftKey?(t.preventDefault(),this.#x()):t.key==="Escape"&&(this.#s||this.#l)?this.#p():t.key==="ArrowUp"&&this.#e.value===""&&(t.preventDefault(),this.onEditLast()))}#x(){let t=this.#e.value.trim(),n=this.#c;if(this.#f(),!n||t===""||this.#r.disabled)return;if(this.#s)return void this.#T(n,this.#s,t);let i={content:t};this.#l&&(i.replyTo=this.#l.id),this.#u.length&&(i.attachments=this.#u),this.#m(""),this.#y(),n.send(i).catch(()=>{}),this.onSent()}async#T(t,n,i){this.#m(fe.get(t.id)),!(i===n.content||await I(t.edit(n.id,i)))&&(this.#c!==t||this.#e.value!==fe.get(t.id)||(this.edit(n),this.#e.value=i,this.#w()))}#E(){io(t=>{this.#u.push(t),this.#g(),this.focus()})}};var _n=class{element=c("div.preview");#t;#e;#n="";#i;#r=0;constructor(t,n){this.#t=t,this.#e=n}open(t){if(t===this.#n&&this.#i)return this.draw();this.#n=t,this.#i=void 0,this.draw(),t&&this.#o(t)}draw(){this.element.replaceChildren(...this.#c())}async#o(t){let n=++this.#r,i=await this.#a(t).catch(a=>a);if(n!==this.#r)return;this.#i=i,!(i instanceof Error)&&this.#t.client.state.rooms.has(i.id)?this.#t.open(i.id):this.draw()}async#a(t){let{client:n}=this.#t,i=async r=>(await n.command({type:"GET_CHAT",chatId:r})).chat;try{return await i(t)}catch(r){if(!(r instanceof lt&&(r.code==="NOT_FOUND"||r.code==="INVALID_ARGUMENT"))||t.startsWith("#"))throw r;return i(`#${t}`)}}#c(){if(!this.#n){let n=F(l.startAChat,()=>We(this.#t),"primary");return[c("div.hero",{},Y("mail"),c("h2",{},l.chooseAChat),c("p",{},l.chooseAChatHint),n)]}let t=Q("back",l.backToChats,this.#e);return t.classList.add("back"),this.#i?[t,this.#i instanceof Error?Fu(this.#i,this.#e):this.#l(this.#i)]:[t,c("p.hero",{"aria-busy":"true"},l.loading)]}#l(t){let n=async()=>{let i=await I(this.#t.client.join(t.id));i&&this.#t.open(i.id)};return c("div.hero",{},Y("hash"),c("h2",{dir:"auto"},P(`#${t.name}`)),t.description&&c("p",{dir:"auto"},t.description),c("p",{},l.members(t.memberCount)),c("p",{},J(l.notAMember(L(`#${t.name}`)))),F(l.joinChannel,()=>{n()},"primary"))}};function Fu(e,t){let n=e instanceof lt&&(e.code==="NOT_FOUND"||e.code==="INVALID_ARGUMENT");return c("div.hero",{role:"alert"},Y("search"),c("h2",{},n?l.chatNotFound:l.cannotOpenChat),c("p",{},n?l.chatNotFoundHint:ct(e)),F(l.backToChats,t))}function Ve(e,t){I(e.client.command({type:"GET_USER",userId:t}).then(({user:n})=>qu(e,n)))}function ao(e,t,n){let i=[...t.room.members?.values()??[]].find(({user:r})=>r.username.toLowerCase()===n.toLowerCase());i&&Ve(e,i.user.id)}async function $i(e,t){let n=await I(e.client.direct(t));return n&&e.open(n.id),n!==void 0}function qu(e,t){let n=[[l.profile.status,l.status[t.status]],t.lastSeenAt&&t.status==="offline"&&[l.profile.lastSeen,Et(t.lastSeenAt)],[l.profile.role,l.serverRoles[t.role]],[l.profile.since,Et(t.createdAt)]].filter(s=>!!s),i=async()=>await $i(e,t.id)&&o.close(),r=t.id===e.client.me.id,a=c("div.profile",{},gt(t,t.status),c("div.lines",{},c("strong",{},P(t.displayName)),c("small",{},P(`@${t.username}`),t.kind==="bot"&&c("span.bot",{},l.bot)))),o=X(l.profile.title,a,c("dl",{},...n.flatMap(([s,d])=>[c("dt",{},s),c("dd",{},d)])),!r&&c("footer",{},F(l.profile.write,()=>{i()},"primary")))}var Hu=["owner","admin","member"],oo={owner:0,admin:1,member:2};function so(e,t,n,i){let r=c("ul.results",{"aria-label":l.membersHeading}),a=async()=>{let s=await I(t.members());s&&r.replaceChildren(...[...s.values()].sort($u).map(d=>Uu(e,t,d,n,i)))},o=e.client.on("change",s=>s.has(t.id)&&e.client.state.rooms.has(t.id)&&void a());return a(),{element:r,stop:o}}var $u=(e,t)=>oo[e.role]-oo[t.role]||ja(e.user.displayName,t.user.displayName);function Uu(e,t,{user:n,role:i},r,a){let o=L(n.displayName),s=n.id===e.client.me.id,d=r&&t.object.myRole==="owner",m=async()=>await $i(e,n.id)&&a();return c("li.member",{},c("button.person",{type:"button",onclick:()=>Ve(e,n.id)},gt(n,n.status),c("span.lines",{},c("strong",{},P(n.displayName)),c("small",{},P(`@${n.username}`)))),c("span.actions",{},d&&!s?Gu(e,t,n.id,i,o):i!=="member"&&c("span.chip",{},l.roles[i]),!s&&t.object.kind!=="direct"&&Q("mail",l.writeTo(o),()=>{m()}),r&&!s&&Q("ban",l.banMember(o),()=>{Wu(e,t,n.id,o)}),r&&!s&&Q("close",l.removeMember(o),()=>{Vu(e,t,n.id,o)})))}function Gu(e,t,n,i,r){let a=()=>{I(e.client.command({type:"UPDATE_MEMBER",chatId:t.id,userId:n,role:o.value}))},o=c("select.role",{"aria-label":l.roleOf(r),onchange:a},...Hu.map(s=>c("option",{value:s},l.roles[s])));return o.value=i,o}async function Wu(e,t,n,i){await ht({title:l.banMemberTitle,text:l.banMemberText(i,L(nt(t))),action:l.ban})&&await I(e.client.command({type:"BAN_MEMBER",chatId:t.id,userId:n}))}async function Vu(e,t,n,i){await ht({title:l.removeMemberTitle,text:l.removeMemberText(i,L(nt(t))),action:l.remove})&&await I(e.client.command({type:"REMOVE_MEMBERS",chatId:t.id,userIds:[n]}))}function lo(e,t){let{kind:n,myRole:i}=t.object,r=n!=="direct"&&(i==="owner"||i==="admin"),a=()=>d.close(),{element:o,stop:s}=so(e,t,r,a),d=X(L(nt(t)),t.object.description&&!r&&c("p",{dir:"auto"},t.object.description),Zu(e,t,a),c("h3",{},l.membersHeading),o,r&&Yu(e,t),r&&Ku(e,t),Ju(e,t,a));d.addEventListener("close",s)}function Ku(e,t){let n=G(l.name,{value:t.object.name,required:!0,maxlength:80}),i=G(l.description,{value:t.object.description??"",maxlength:500}),r=async a=>{a.preventDefault();let o={name:n.input.value.trim(),description:i.input.value.trim()};await I(e.client.command({type:"UPDATE_CHAT",chatId:t.id,...o}))&&Z(l.saved)};return c("details",{},c("summary",{},l.editChat),c("form",{onsubmit:r},n.element,i.element,c("button",{type:"submit"},l.save)))}function Yu(e,t){let n=Ge(e,l.addMembers,{several:!0});return c("form.inline",{onsubmit:async r=>{r.preventDefault();let a=n.names();a.length&&await I(e.client.command({type:"ADD_MEMBERS",chatId:t.id,members:a}))&&n.clear()}},n.element,c("button",{type:"submit"},l.add))}function Zu(e,t,n){let{pinned:i}=t.object;if(i.length===0)return!1;let r=a=>{let o=t.message(a),s=o?l.says(L(o.sender.displayName),L(dt(o))):l.earlierMessage;return c("li",{},c("button.hit.pin",{type:"button",onclick:()=>{n(),e.showMessage({chatId:t.id,id:a})}},Y("pin"),c("span",{},J(s))))};return c("div",{},c("h3",{},l.pinnedMessages),c("ul.results",{"aria-label":l.pinnedMessages},...i.map(r)))}function Ju(e,t,n){let{kind:i,myRole:r,muted:a,active:o}=t.object,{client:s}=e,d=async()=>await I(s.command({type:"MUTE_CHAT",chatId:t.id,...a?{until:null}:{}}))&&n(),m=async()=>{await ht({title:l.leaveTitle,text:l.leaveText(L(nt(t))),action:l.leave})&&await I(t.leave())&&n()},u=async()=>{await ht({title:l.deleteChatTitle,text:l.deleteChatText(L(nt(t))),action:l.deleteChat})&&await I(s.command({type:"DELETE_CHAT",chatId:t.id}))&&n()},h=async()=>{(!o||await ht({title:l.archiveTitle,text:l.archiveText(L(nt(t))),action:l.archive,danger:!1}))&&await I(s.command({type:"UPDATE_CHAT",chatId:t.id,active:!o}))&&n()},f=i==="direct"||r==="owner",p=i!=="direct"&&(r==="owner"||r==="admin");return c("footer",{},F(a?l.unmute:l.mute,()=>{d()}),p&&F(o?l.archive:l.restore,()=>{h()}),i!=="direct"&&F(l.leave,()=>{m()},"danger"),f&&F(l.deleteChat,()=>{u()},"danger"))}var jn=class{element=c("header.heading");#t;#e;#n="";constructor(t,n){this.#t=t,this.#e=n}draw(t){let i=[Qu(t),t.object.active?"":l.archived,t.object.description?L(t.object.description):""].filter(Boolean).join(" · "),r=JSON.stringify([t.id,nt(t),i,t.object.peer?.status]);if(this.#n===r)return;this.#n=r;let a=Q("back",l.backToChats,this.#e);a.classList.add("back");let o=c("button.title",{type:"button",title:l.aboutThisChat,onclick:()=>lo(this.#t,t)},xe(t),c("span.lines",{},c("strong",{},P(nt(t))),c("small",{},J(i)))),s=Q("search",l.searchInThisChat,()=>Rn(this.#t,t));this.element.replaceChildren(a,c("h2",{},o),s)}};function Qu(e){let{kind:t,peer:n,memberCount:i}=e.object;return t!=="direct"?l.members(i):n?n.status==="offline"&&n.lastSeenAt?l.lastSeen(Ee(n.lastSeenAt)):l.status[n.status]:""}var Xu=e=>{try{return decodeURIComponent(e)}catch{return e}};function td(e){let[t="",n]=e.slice(1).split("/").map(Xu);return{chatId:t,messageId:n||void 0}}var co=({chatId:e,messageId:t})=>e?`#${[e,t].filter(n=>n!==void 0).map(encodeURIComponent).join("/")}`:"",uo=e=>`${location.origin}${location.pathname}${co(e)}`,Bn=class{#t;constructor(t){this.#t=t,window.addEventListener("popstate",()=>t(this.route))}get route(){return td(location.hash)}go(t,{replace:n=!1}={}){let i=this.route;if(i.chatId!==t.chatId||i.messageId!==t.messageId){let r=location.pathname+co(t);n?history.replaceState(history.state,"",r):history.pushState({fromList:i.chatId===""},"",r)}this.#t(t)}toList(){history.state?.fromList?history.back():this.go({chatId:""},{replace:!0})}};var mo=["👍","❤️","😂"],Fn=class{#t;#e;#n=c("div.toolbar",{role:"toolbar","aria-label":l.messageActions});#i;constructor(t,n){this.#t=t,this.#e=n}hide(){this.#n.remove(),this.#i=void 0}showToolbar(t,n){if(this.#i===n&&this.#n.parentElement===t)return;this.#i=n;let i=mo.map(a=>Q(a,l.reactWith(a),()=>this.react(n,a))),r=this.#r(n).map(a=>Q(a.icon,a.label,a.run));this.#n.replaceChildren(...i,...r),t.append(this.#n)}showSheet(t){let n=o=>()=>{a.close(),o()},i=[...mo,"🎉","👀"].map(o=>Q(o,l.reactWith(o),n(()=>this.react(t,o)))),r=this.#r(t).map(({icon:o,label:s,danger:d,run:m})=>c(d?"button.entry.danger":"button.entry",{type:"button",onclick:n(m)},Y(o),s)),a=X(l.messageActions,c("div.quick",{},...i),c("div.entries",{},...r));a.classList.add("sheet")}react(t,n){let{chat:i}=this.#t;if(!i||!t)return;let r=t.reactions.some(a=>a.emoji===n&&a.me);r||Gt.add(n),I(r?i.unreact(t.id,n):i.react(t.id,n))}#r(t){let{chat:n,client:i}=this.#t;if(!n)return[];let r=t.sender.id===i.me.id,a=n.object.myRole!=="member"||i.me.role!=="member",o=n.object.pinned.includes(t.id),s=[];return n.object.active&&(s.push({icon:"smile",label:l.addReaction,run:()=>Pn(d=>this.react(t,d))}),s.push({icon:"reply",label:l.reply,run:()=>this.#e.reply(t)})),s.push({icon:"copy",label:l.copyText,run:()=>{ho(t.content,l.textCopied)}}),s.push({icon:"link",label:l.copyLink,run:()=>{ho(uo({chatId:t.chatId,messageId:t.id}),l.linkCopied)}}),a&&n.object.active&&s.push({icon:"pin",label:o?l.unpin:l.pin,run:()=>this.#o(t,o)}),r&&n.object.active&&s.push({icon:"edit",label:l.edit,run:()=>this.#e.edit(t)}),(r||a)&&s.push({icon:"trash",label:l.delete,danger:!0,run:()=>{this.#a(t)}}),s}#o(t,n){let{client:i}=this.#t,r={chatId:t.chatId,messageId:t.id};I(n?i.command({type:"UNPIN_MESSAGE",...r}):i.command({type:"PIN_MESSAGE",...r}))}async#a(t){let i=t.sender.id===this.#t.client.me.id?l.deleteOwnMessageText:l.deleteMessageText(L(t.sender.displayName));await ht({title:l.deleteMessageTitle,text:i,quote:dt(t,200),action:l.delete})&&await I(this.#t.client.chat(t.chatId).delete(t.id))&&Z(l.messageWasDeleted)}};async function ho(e,t){try{await navigator.clipboard.writeText(e),Z(t)}catch{Z(l.copyFailed)}}function qn(e,t){let n=0,i=e.length;for(;n<i;){let r=n+i>>1;e[r].getBoundingClientRect().bottom<=t?n=r+1:i=r}return n}var Hn=class{#t=new Map;#e=new Map;clear(){this.#t.clear(),this.#e.clear()}get(t){return this.#t.get(t)?.element}add(t,{inputs:n=[],draw:i,update:r}){let a=this.#t.get(t),o=a!==void 0&&a.inputs.length===n.length&&a.inputs.every((d,m)=>d===n[m]),s=a&&(o||r?.(a.element))?a.element:i();this.#e.set(t,{element:s,inputs:n})}place(t){this.#t=this.#e,this.#e=new Map,An(t,[...this.#t.values()].map(({element:n})=>n))}};var po=new WeakMap;function Ui(e){let t=po.get(e);if(!t){let n=new Date(e.createdAt);t={ms:n.getTime(),day:n.toDateString()},po.set(e,t)}return t}var Ce=e=>Ui(e).day;function fo(e,t){return Ui(e).ms-Ui(t).ms<3e5&&Ce(e)===Ce(t)&&e.sender.id===t.sender.id&&!e.replyTo}var $n=1e3,ed=4,Un=class{#t;#e;#n;#i=new Map;#r;constructor(t,n,i){this.#t=t,this.#e=n,this.#n=i}reset(){clearTimeout(this.#r),this.#i.clear()}look(){if(clearTimeout(this.#r),document.visibilityState!=="visible")return this.#i.clear();if(document.querySelector("dialog[open]"))return this.#o($n);let t=performance.now(),n=this.#a();for(let a of this.#i.keys())n.has(a)||this.#i.delete(a);for(let[a,o]of n)this.#i.has(a)||this.#i.set(a,{seq:o,since:t});let i=[...this.#i.values()].filter(({since:a})=>t-a>=$n),r=[...this.#i.values()].filter(({since:a})=>t-a<$n);r.length&&this.#o(Math.min(...r.map(({since:a})=>a))+$n-t),i.length&&this.#n(Math.max(...i.map(({seq:a})=>a)))}#o(t){this.#r=setTimeout(()=>this.look(),Math.max(t,10))}#a(){let{top:t,bottom:n,height:i}=this.#t.getBoundingClientRect(),r=new Map;if(i===0)return r;let a=this.#e.querySelectorAll("article[data-id]");for(let o=qn(a,t);o<a.length;o++){let s=a[o];if(s.getBoundingClientRect().bottom>n+ed)break;r.set(s.dataset.id,Number(s.dataset.seq))}return r}};var nd=new Set(["","text","txt","plain","log","output"]),id=new Set(["py","python","sh","bash","shell","zsh","console","yaml","yml","toml","rb","ruby","r","perl","dockerfile","make","makefile","ini","elixir"]),rd=new Set(["sql","lua","haskell","hs"]),ad=String.raw`"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`+"`(?:\\\\.|[^`\\\\])*`",od=String.raw`\b(?:0x[\da-fA-F_]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)\b`,sd=String.raw`[A-Za-z_$][\w$]*`,ld=new Set(`abstract and as async await begin bool boolean break case catch char class const constexpr continue crate def default defer del delete do done
  double elif else elsif end enum except export extends extern false fi final finally float fn for foreach from func function global go goto if impl
  implements import in include instanceof int interface is lambda let local long loop match mod module move mut namespace new nil none None not null of
  or override package pass print private protected pub public raise readonly record ref return self Self short signed static struct super switch
  template then this throw throws trait true True False try type typeof typedef union unless unsafe unsigned until use using var virtual void volatile
  when where while with yield select SELECT FROM WHERE INSERT INTO VALUES UPDATE SET DELETE CREATE TABLE INDEX JOIN LEFT INNER ON AND OR NOT NULL
  ORDER BY GROUP HAVING LIMIT AS PRIMARY KEY echo export fi esac sudo`.split(/\s+/));function cd(e){return id.has(e)?"#[^\\n]*":rd.has(e)?"--[^\\n]*":String.raw`\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)`}function go(e,t){let n=t.toLowerCase();if(nd.has(n))return[document.createTextNode(e)];let i=new RegExp(`(${cd(n)})|(${ad})|(${od})|(${sd})`,"g"),r=[],a=0;for(let o of e.matchAll(i)){let[s,d,m,u,h]=o,f=d!==void 0?"comment":m!==void 0?"string":u!==void 0?"number":ld.has(h)?"keyword":"";f&&(r.push(document.createTextNode(e.slice(a,o.index)),c(`span.${f}`,{},s)),a=o.index+s.length)}return r.push(document.createTextNode(e.slice(a))),r}var ud=2e3;function bo({lang:e,value:t}){let n=c("button.copy",{type:"button"},l.copy);return n.addEventListener("click",()=>{dd(t,n)}),c("figure.code",{dir:"ltr"},c("figcaption",{},c("span",{},e??""),n),c("pre",{tabindex:"0",role:"region","aria-label":e?`${l.code} (${e})`:l.code},c("code",{},...go(t,e??""))))}async function dd(e,t){try{await navigator.clipboard.writeText(e),t.textContent=l.copied}catch{t.textContent=l.copyFailed}setTimeout(()=>t.textContent=l.copy,ud)}var md=/^(https?:|mailto:)/i,hd=/(^|[^\w@/])(@[A-Za-z0-9_.-]{2,31}[A-Za-z0-9_-])/g,pd=/[*_`~[\]<>#|\\&=]|:\/\/|www\.|\w@|^[-+\d\s]|\s$|\n[-+\d\s]|[ \t]\n|\r/;function Gi(e,t){return pd.test(e)?ve(e).children.map(n=>ue(n,t)):e===""?[]:[c("p",{dir:"auto"},yo(e,t))]}function ue(e,t){let n=()=>"children"in e?e.children.map(i=>ue(i,t)):[];switch(e.type){case"text":return yo(e.value,t);case"paragraph":return c("p",{dir:"auto"},...n());case"heading":return c("p.heading-text",{dir:"auto",role:"heading","aria-level":String(Math.min(e.depth+3,6))},...n());case"emphasis":return c("em",{},...n());case"strong":return c("strong",{},...n());case"delete":return c("s",{},...n());case"inlineCode":return c("code",{},e.value);case"break":return c("br");case"code":return bo(e);case"blockquote":return c("blockquote",{dir:"auto"},...n());case"list":return e.ordered?c("ol",{start:e.start??1,dir:"auto"},...n()):c("ul",{dir:"auto"},...n());case"listItem":return fd(e,t);case"thematicBreak":return c("hr");case"link":return gd(e,n());case"table":return bd(e,t);default:return document.createTextNode("value"in e?String(e.value):"")}}function fd(e,t){let n=e.children.flatMap(i=>i.type==="paragraph"&&!e.spread?i.children.map(r=>ue(r,t)):[ue(i,t)]);return c("li",{dir:"auto"},...n)}function gd(e,t){if(!md.test(e.url))return c("span",{},...t);let n={href:e.url,target:"_blank",rel:"noopener noreferrer nofollow",title:e.url,dir:"auto"};return c("a",n,...t)}function bd(e,t){let[n,...i]=e.children,r=(a,o)=>(a?.children??[]).map((s,d)=>{let m=e.align?.[d]??void 0;return c(o,{dir:"auto",class:m?`align-${m}`:void 0},...s.children.map(u=>ue(u,t)))});return c("div.table",{tabindex:"0",role:"region","aria-label":l.table},c("table",{},c("thead",{},c("tr",{},...r(n,"th"))),c("tbody",{},...i.map(a=>c("tr",{},...r(a,"td"))))))}function yo(e,{username:t}){let n=document.createDocumentFragment(),i=0;for(let r of e.matchAll(hd)){let[a,o="",s=""]=r;n.append(e.slice(i,r.index)+o);let d=s.slice(1).toLowerCase(),m=d===t.toLowerCase()||d==="channel"||d==="here";n.append(c(m?"bdi.mention.own":"bdi.mention",{"data-mention":d},s)),i=r.index+a.length}return n.append(e.slice(i)),n}var Gn=class{element=c("div.content");#t;#e="";#n=0;#i=0;constructor(t){this.#t=t}update(t){if(t.startsWith(this.#e.slice(0,this.#n))||this.#o(),t===this.#e)return;this.#e=t;let n=ve(t.slice(this.#n)).children;for(;this.element.childNodes.length>this.#i;)this.element.lastChild.remove();this.element.append(...n.map(i=>ue(i,this.#t))),this.#r(n)}#r(t){let n=t.at(-1),i=t.at(-2);if(!n||!i||Ta(i)>=qi(n))return;this.#i=this.element.childNodes.length-1;let r=this.#n+qi(n);this.#n=this.#e.lastIndexOf(`
`,r-1)+1}#o(){this.element.replaceChildren(),this.#e="",this.#n=0,this.#i=0}};var yd=10,wo=new WeakMap;function ko(e,t){let{sender:n,createdAt:i,deletedAt:r}=e,o=["message",n.id===t.me.id&&"own",t.grouped&&"grouped",r&&"deleted",t.streaming&&"streaming",`from-${e.role}`],s=t.grouped?xo(i,"aside"):Eo(e,"face",gt(n)),d=l.messageLabel(L(n.displayName),Ue(i)),m=c(`article.${o.filter(Boolean).join(".")}`,{"data-id":e.id,"data-seq":e.seq,tabindex:"-1","aria-label":d},s),u=c("div.body",{},!t.grouped&&wd(e),xd(e,t),kd(e,t,m),...Ed(e),Sd(e,t));return m.append(u,...vd(e,t)),m}function vo(e,t){let n=wo.get(e);return n?.update(t.content),n!==void 0}var xo=(e,t)=>c(`time.${t}`,{datetime:e,title:Et(e)},Ue(e));function Eo(e,t,...n){return c(`button.${t}`,{type:"button","data-user":e.sender.id,tabindex:"-1","aria-hidden":t==="face"?"true":void 0},...n)}function wd(e){let{sender:t,createdAt:n}=e;return c("header",{},Eo(e,"sender",P(t.displayName)),t.kind==="bot"&&c("span.bot",{},l.bot),xo(n,"at"))}function kd(e,t,n){if(e.deletedAt)return c("div.content",{},c("p",{},l.messageDeleted));if(!t.streaming)return c("div.content",{},...Gi(e.content,t.me));let i=new Gn(t.me);return i.update(e.content),wo.set(n,i),i.element}function vd(e,t){let{sender:n,editedAt:i,deletedAt:r}=e;if(t.streaming)return[c("div.marks",{},c("button.stop",{type:"button","data-stop":""},l.stop))];let a=n.id===t.me.id&&!r;if(!a&&!t.pinned&&(!i||r))return[];let o={title:t.seen?l.readByAll:l.sent,role:"img","aria-label":t.seen?l.readByAll:l.sent};return[c("div.marks",{},t.pinned&&c("span.pinned",{title:l.pinned,role:"img","aria-label":l.pinned},Y("pin")),i&&!r&&c("span.edited",{title:Et(i)},l.edited),a&&c(t.seen?"span.tick.seen":"span.tick",o,t.seen?"✓✓":"✓"))]}function xd(e,t){if(t.quoted===void 0||e.deletedAt)return null;let n=t.quoted?l.says(L(t.quoted.sender.displayName),L(t.quoted.deletedAt?l.messageDeleted:dt(t.quoted))):l.earlierMessage;return c("button.quote",{type:"button","data-quote":e.replyTo,"aria-label":l.inReplyTo(n)},J(n))}function Ed(e){return e.attachments.filter(({url:t})=>/^(https?:\/\/|\/)/.test(t)).map(({url:t,name:n,size:i,mimeType:r})=>c("a.attachment",{href:t,target:"_blank",rel:"noopener noreferrer nofollow",download:t.startsWith("/")?n:void 0},Y("clip"),c("span",{},P(n),c("small",{},P(r),i?` · ${Fa(i)}`:""))))}function Sd(e,t){if(e.reactions.length===0||e.deletedAt)return null;let n=({emoji:i,count:r,me:a,userIds:o})=>c(a?"button.reaction.mine":"button.reaction",{type:"button","data-emoji":i,"aria-pressed":String(!!a),"aria-label":l.reaction(i,r),title:Cd(o,r,t)},c("span",{},i)," ",c("span",{},kt(r)));return c("div.reactions",{},...e.reactions.map(n))}function Cd(e,t,{nameOf:n}){let i=e.slice(0,yd).flatMap(r=>n(r)??[]).map(L);return Mn(t>i.length?[...i,l.others(t-i.length)]:i)}function So({id:e,error:t,message:n},i,r){let a=t&&c("div.refused",{role:"alert"},c("p",{},ct(t)),F(l.tryAgain,r.retry),F(l.edit,r.edit),F(l.discard,r.discard)),o=!t&&c("div.marks",{},c("span.tick",{role:"img","aria-label":l.waitingToBeSent,title:l.waitingToBeSent},Y("clock"))),s=c("div.content",{},...Gi(n.content??"",i));return c("article.message.own.pending",{"data-pending":e,tabindex:"-1"},c("span.face",{},gt(i)),c("div.body",{},c("header",{},c("span.sender",{},P(i.displayName))),s,a),o)}var Wn=class{#t=0;#e=1/0;get isAtEnd(){return this.#e===1/0}showEnd(){this.#t=0,this.#e=1/0}showAround(t,n){let i=t.findIndex(r=>r.id===n);i<0||(this.#t=t[Math.max(0,i-100)].seq,this.#e=t[i+200]?.seq??1/0)}range(t,n){let i=this.isAtEnd?t.length:Co(t,this.#e+1),r=Co(t,this.#t),a=this.#t===0||n?400:1/0;return{start:Math.max(r,i-a),end:i}}moveUp(t,n){let{start:i,end:r}=this.range(t,n);if(i===0)return!1;let a=Math.max(0,i-100);return this.#n(t,a,Math.min(r,a+400)),!0}moveDown(t){let{start:n,end:i}=this.range(t,!1);return i===t.length?(this.#e=1/0,!1):(this.#n(t,Math.max(n,i+100-400),Math.min(t.length,i+100)),!0)}#n(t,n,i){this.#t=t[n].seq,this.#e=i===t.length?1/0:t[i-1].seq}};function Co(e,t){let n=0,i=e.length;for(;n<i;){let r=n+i>>1;e[r].seq<t?n=r+1:i=r}return n}var To=60,Mo=200,Td=100,Md=80,Ad=2e3,Ao=.2,Vn=class{list=c("div.messages",{role:"log","aria-label":l.messages,"aria-live":"off",tabindex:"0"});element=c("div.scroller",{},this.list);#t;#e;#n;#i=new Wn;#r=new Hn;#o;#a;#c=!1;#l=!1;#s=0;#u=!0;#d=!0;constructor(t,n,i){this.#t=t,this.#n=n,this.#e=i,this.#o=new Un(this.element,this.list,r=>this.#L(r)),this.element.addEventListener("scroll",()=>this.#C(),{passive:!0}),new ResizeObserver(()=>this.#d&&this.#w()).observe(this.element),document.addEventListener("visibilitychange",()=>this.#o.look())}get atEnd(){return this.#d}async open(t,n){if(this.#a=t,this.#r.clear(),this.list.replaceChildren(),this.#o.reset(),this.#i.showEnd(),this.#s=0,this.#d=!0,this.#l=t!==void 0,this.draw(),!t||(n!==void 0?await this.#p(t,()=>t.message(n)!==void 0):await this.#p(t,()=>t.room.from<=(t.object.readSeq??0)+1||!t.object.unreadCount),this.#a!==t))return!0;this.#l=!1,this.#s=this.#g(t)?.seq??0,this.#u=this.#s===0;let i=n!==void 0&&t.message(n)!==void 0;return i?this.#y(n):this.#f(t),i||n===void 0}draw(){let t=this.#a;if(!t||!this.#m(t))return;if(this.#l)return this.#v();t.messages.length===0&&t.room.from>1&&this.#h&&this.#M(t),this.#b(t);let n=this.#I(),i=n?.getBoundingClientRect().top??0;this.#k(t),this.#d?this.#w():n?.isConnected&&(this.element.scrollTop+=n.getBoundingClientRect().top-i),this.#o.look(),this.#e.moved()}async reveal(t){let n=this.#a;return!n||(await this.#p(n,()=>n.message(t)!==void 0),this.#a!==n||!n.message(t))?!1:(this.#y(t),!0)}toEnd(){let t=this.#i.isAtEnd;this.#i.showEnd(),this.#d=!0,t||this.draw(),this.element.scrollTop=this.element.scrollHeight,this.#e.moved()}rowOf(t){return t instanceof Element?t.closest("article[data-id]"):null}focusNext(t,n){let i=[...this.list.querySelectorAll("article[data-id]")],r=this.rowOf(t),a=i[(r?i.indexOf(r):i.length)+n];return a?.focus(),a!==void 0}get#h(){return this.#t.client.status.phase==="online"}#m=t=>this.#t.client.state.rooms.has(t.id);async#p(t,n){let i=async r=>this.#h&&t.older(r).catch(()=>!1);t.messages.length<To&&await i(To);for(let r=0;r<Td&&this.#a===t&&this.#m(t)&&!n()&&await i(Mo);r++);this.#m(t)&&t.members().catch(()=>{})}#g(t){if(!t.object.unreadCount)return;let n=t.object.readSeq??0,i=this.#t.client.me.id;return t.messages.find(({seq:r,sender:a,deletedAt:o})=>r>n&&a.id!==i&&!o)}#b(t){t.object.unreadCount||(this.#u=!0);let n=!this.#d||document.visibilityState==="hidden",i=this.#u&&n?this.#g(t):void 0;i&&(this.#u=!1,this.#s=i.seq)}#f(t){let n=t.messages.find(({seq:r})=>r===this.#s);n&&this.#i.showAround(t.messages,n.id),this.#d=!n,this.draw();let i=this.#r.get("unread");i&&(this.element.scrollTop=i.offsetTop-this.element.clientHeight*Ao),this.#C()}#y(t){let n=this.#a;this.#d=!1,this.#i.showAround(n.messages,t),this.draw();let i=this.#r.get(t);i?.scrollIntoView({block:"center"}),i?.classList.add("highlighted"),i?.focus({preventScroll:!0}),setTimeout(()=>i?.classList.remove("highlighted"),Ad),this.#C()}#w(){let t=this.#r.get("unread"),n=this.#s>(this.#a?.object.readSeq??0)&&(this.#a?.object.unreadCount??0)>0,i=t&&n?t.offsetTop-this.element.clientHeight*Ao:1/0;this.element.scrollTop=Math.min(this.element.scrollHeight,i)}#k(t){let{messages:n,streams:i}=t.room,{start:r,end:a}=this.#i.range(n,this.#d),o=a===n.length;t.room.from<=1&&r===0&&this.#r.add("beginning",{draw:()=>c("p.beginning",{},l.beginning)});let s=n[r-1],d=this.#n.of(t.id).filter(({seq:u})=>u>(s?.seq??0)),m=this.#N(t);for(let u of[...n.slice(r,a),...o?i.values():[]])this.#x(d,u.seq||1/0),(!s||Ce(s)!==Ce(u))&&this.#r.add(`day ${Ce(u)}`,{draw:()=>Nd(u)}),this.#E(u)&&this.#r.add("unread",{draw:Ld}),this.#T(t,u,this.#A(t,u,s,m)),s=u;if(o){this.#x(d,1/0);for(let u of t.pending)this.#r.add(u.id,{inputs:[u,u.error],draw:()=>this.#S(u)})}this.#r.place(this.list)}#v(){this.#r.add("skeleton",{draw:Id}),this.#r.place(this.list)}#x(t,n){for(;t[0]&&t[0].seq<n;){let i=t.shift();this.#r.add(`notice ${i.seq}`,{draw:()=>Rd(i)})}}#T(t,n,i){this.#r.add(n.id,{inputs:[n,i.grouped,i.seen,i.pinned,i.quoted,i.me.id],draw:()=>ko(n,i),update:i.streaming?r=>vo(r,n):void 0})}#E=t=>t.seq>0&&t.seq===this.#s;#A(t,n,i,r){let{room:a}=t,{me:o}=this.#t.client;return{me:o,grouped:i!==void 0&&!this.#E(n)&&fo(n,i),seen:n.sender.id===o.id&&n.seq>0&&n.seq<=r,streaming:a.streams.has(n.id),pinned:t.object.pinned.includes(n.id),quoted:n.replyTo?t.message(n.replyTo)??null:void 0,nameOf:s=>(a.members?.get(s)?.user??this.#t.client.state.users.get(s))?.displayName}}#N(t){let{members:n,readByAllSeq:i}=t.room,r=[...n?.values()??[]].filter(({user:a})=>a.id!==this.#t.client.me.id);return r.length?Math.max(i,Math.min(...r.map(({readSeq:a})=>a))):i}#S(t){let{client:n}=this.#t;return So(t,n.me,{retry:()=>n.outbox.retry(t.id),edit:()=>this.#e.takeBack(t),discard:()=>n.outbox.drop(t.id)})}#I(){let t=this.list.querySelectorAll("article");return t[qn(t,this.element.getBoundingClientRect().top)]}#C(){let t=this.#a;if(!t||this.#l)return;let{scrollTop:n,scrollHeight:i,clientHeight:r}=this.element;if(r===0)return;let a=i-n-r;this.#d=a<Md&&this.#i.isAtEnd,a<r&&this.#i.moveDown(t.messages)&&this.draw(),n<r&&this.#M(t),this.#o.look(),this.#e.moved()}async#M(t){if(!this.#c){if(this.#i.moveUp(t.messages,this.#d))return this.draw();t.room.from<=1||(this.#c=!0,await t.older(Mo).catch(()=>!1),this.#c=!1,this.#a===t&&(this.#i.moveUp(t.messages,this.#d),this.draw(),this.element.clientHeight>0&&this.element.scrollTop<this.element.clientHeight&&this.#M(t)))}}#L(t){let n=this.#a;!n||!this.#m(n)||!n.object.unreadCount||t<=(n.object.readSeq??0)||n.read(t).catch(()=>{})}};function Id(){let e=t=>c(`span.bone.width-${t}`);return c("div.skeleton",{"aria-busy":"true","aria-label":l.loading},...[3,5,2,4,5,3].map(t=>c("div",{},c("span.bone.disc"),c("div",{},e(1),e(t)))))}var Nd=e=>c("h3.day",{},c("span",{},Ba(e.createdAt))),Ld=()=>c("div.unread-line",{role:"separator","aria-label":l.newMessages},c("span",{},l.newMessages));function Rd(e){return c("p.notice",{},J(e.text)," ",c("time",{datetime:e.at},Ue(e.at)))}var Kn=class{element;timeline;#t;#e;#n;#i;#r;#o=c("div.typing");#a=c("span.badge",{hidden:!0});#c=c("button.jump",{type:"button",hidden:!0,onclick:()=>this.timeline.toEnd()},Y("down"),this.#a);#l;#s=c("button.return",{type:"button",hidden:!0,onclick:()=>this.#b()},Y("reply"),l.backToReply);constructor(t,n,i,r){this.#t=t,this.#e=n,this.#n=new Fn(t,n),this.#i=new jn(t,r.back),this.#r=new _n(t,r.back),this.timeline=new Vn(t,i,{moved:()=>this.#y(),takeBack:o=>this.#w(o.id)}),n.onEditLast=()=>this.#k(),n.onSent=()=>this.timeline.toEnd(),this.#u();let a=c("div.stage",{},this.timeline.element,this.#s,this.#c);this.element=c("section.conversation",{},this.#i.element,a,this.#o,n.element,this.#r.element)}get showsChat(){return!this.element.classList.contains("closed")}open(t){let{chat:n}=this.#t;this.element.classList.toggle("closed",!n),this.#n.hide(),this.#f(void 0),this.#e.open(n),this.timeline.open(n,t.messageId).then(i=>i||Z(l.messageNotFound)),this.#r.open(n?"":t.chatId),this.draw(),n&&window.matchMedia("(hover: hover)").matches&&this.#e.focus()}draw(){let{chat:t}=this.#t;if(this.element.classList.toggle("closed",!t),!t)return this.#r.draw();this.#i.draw(t),this.#e.draw(t);let n=t.typingUsers.map(({displayName:i})=>L(i));this.#o.replaceChildren(J(n.length?l.typing(Mn(n),n.length):"")),this.timeline.draw()}async show(t){await this.timeline.reveal(t)||Z(l.messageNotFound)}#u(){let{list:t}=this.timeline,n=i=>this.#h(i.target);t.addEventListener("mouseover",n),t.addEventListener("focusin",n),t.addEventListener("keydown",i=>this.#v(i)),t.addEventListener("click",i=>this.#m(i))}#d(t){return t?this.#t.chat?.message(t.dataset.id):void 0}#h(t){if(!window.matchMedia("(hover: hover)").matches)return;let n=this.timeline.rowOf(t),i=this.#d(n);n&&i&&!i.deletedAt&&this.#n.showToolbar(n,i)}#m(t){let{chat:n}=this.#t,i=t.target,r=this.timeline.rowOf(i);if(!n||!r)return;let a=i.closest("[data-quote], [data-emoji], [data-stop], [data-user], [data-mention]"),{quote:o,emoji:s,stop:d,user:m,mention:u}=a?.dataset??{};o?this.#g(o,r.dataset.id):s?this.#n.react(n.message(r.dataset.id),s):d!==void 0?this.#t.client.command({type:"STOP_STREAM",chatId:n.id,messageId:r.dataset.id}).catch(()=>{}):m?Ve(this.#t,m):u?ao(this.#t,n,u):i.closest("a, button, pre")||this.#p(r)}#p(t){let n=this.#d(t),i=!(getSelection()?.isCollapsed??!0);!window.matchMedia("(hover: hover)").matches&&n&&!n.deletedAt&&!i&&this.#n.showSheet(n)}async#g(t,n){await this.timeline.reveal(t)&&this.#f(n)}#b(){let t=this.#l;this.#f(void 0),t!==void 0&&this.timeline.reveal(t)}#f(t){this.#l=t,this.#s.hidden=t===void 0}#y(){let t=this.#t.chat?.object.unreadCount??0;this.#c.hidden=this.timeline.atEnd;let n=t>0?l.jumpToNewestUnread(t):l.jumpToNewest;this.#c.setAttribute("aria-label",n),this.#c.title=n,this.#a.hidden=t===0,this.#a.textContent=kt(t)}#w(t){let{chat:n,client:i}=this.#t,r=n?.pending.find(a=>a.id===t);r&&(i.outbox.drop(t),this.#e.restore(r.message.content??""))}#k(){let{chat:t,client:n}=this.#t,i=t?.messages.findLast(({sender:r,deletedAt:a})=>r.id===n.me.id&&!a);i&&this.#e.edit(i)}#v(t){t.key==="Escape"?(this.#e.focus(),t.preventDefault()):t.key==="ArrowUp"||t.key==="ArrowDown"?this.timeline.focusNext(t.target,t.key==="ArrowUp"?-1:1)&&t.preventDefault():t.key==="End"&&t.target===this.timeline.list&&this.timeline.toEnd()}};var Dd=["logIn","signUp","token"],Pd="[A-Za-z0-9_.\\-]{3,32}",Od=8;function Io(e,t){let n=c("div.card",{}),i=r=>{let a=Dd.map(o=>c("button",{type:"button",role:"tab","aria-selected":String(o===r),onclick:()=>i(o)},l.logInTabs[o]));n.replaceChildren(c("h1",{},"PiChat"),c("div.tabs",{role:"tablist"},...a),_d(r,t)),n.querySelector("input")?.focus()};e.replaceChildren(c("main.entrance",{},n)),i("logIn")}var zd={logIn(){let e=G(l.usernameOrEmail,{name:"username",required:!0,autocomplete:"username",autocapitalize:"none",spellcheck:"false",dir:"ltr"}),t=Qt(l.password,{name:"password",autocomplete:"current-password"}),n=()=>{let i=e.input.value.trim();return{login:{...i.includes("@")?{email:i}:{username:i},password:t.input.value}}};return{fields:[e.element,t.element],credentials:n}},signUp(){let e={required:!0,minlength:3,maxlength:32,pattern:Pd,title:l.usernameRules},t=G(l.username,{name:"username",autocomplete:"username",autocapitalize:"none",spellcheck:"false",dir:"ltr",...e},l.usernameRules),n=G(l.displayNameOptional,{name:"displayName",autocomplete:"name",maxlength:80},l.displayNameHint),i=Qt(l.password,{name:"password",minlength:Od,autocomplete:"new-password"},l.passwordRules),r=()=>({signUp:{username:t.input.value.trim(),password:i.input.value,displayName:n.input.value.trim()||void 0}});return{fields:[t.element,n.element,i.element],credentials:r}},token(){let e=G(l.tokenLabel,{name:"token",type:"password",required:!0,dir:"ltr"},l.tokenHint),t=()=>(ie.save({accessToken:e.input.value.trim()}),{});return{fields:[e.element],credentials:t}}};function _d(e,t){let{fields:n,credentials:i}=zd[e](),r=c("p.problem",{role:"alert"}),a=c("button.primary",{type:"submit"},l.logInButtons[e]);return c("form",{onsubmit:async s=>{s.preventDefault(),a.disabled=!0,r.textContent="";try{await t(i())}catch(d){ie.save(void 0),r.textContent=ct(d)}a.disabled=!1}},...n,r,a)}var jd=200,Yn=class{#t;#e=new Map;#n=new Map;#i=new Map;#r=new WeakMap;constructor(t){this.#t=t,t.on("MEMBERS_ADDED",n=>this.#o(n)),t.on("MEMBERS_REMOVED",n=>this.#a(n)),t.on("MEMBER_BANNED",n=>this.#u(n,l.notices.banned(this.#s(n.by),this.#s(n.userId)))),t.on("MEMBER_UPDATED",n=>this.#u(n,l.notices.role(this.#s(n.by),this.#s(n.userId),l.roles[n.role]))),t.on("MESSAGE_PINNED",n=>this.#u(n,l.notices.pinned(this.#s(n.by)))),t.on("MESSAGE_UNPINNED",n=>this.#u(n,l.notices.unpinned(this.#s(n.by)))),t.on("CHAT_UPDATED",n=>this.#c(n)),t.on("change",n=>this.#l(n))}of(t){return this.#e.get(t)??[]}#o(t){let n=t.members.map(({user:r})=>L(r.displayName)),i=t.members.length===1&&t.members[0].user.id===t.by;this.#u(t,i?l.notices.joined(n[0]):l.notices.added(this.#s(t.by),n))}#a(t){let n=t.userIds.length===1&&t.userIds[0]===t.by,i=t.userIds.map(r=>this.#s(r));this.#u(t,n?l.notices.left(i[0]):l.notices.removed(this.#s(t.by),i))}#c(t){let n=this.#s(t.by),{name:i,active:r}=t.chat;this.#n.get(t.chatId)!==void 0&&this.#n.get(t.chatId)!==i?this.#u(t,l.notices.renamed(n,L(i))):this.#u(t,r?l.notices.changed(n):l.notices.archived(n))}#l(t){for(let n of t){let i=this.#t.state.rooms.get(n);if(i&&(this.#n.set(n,i.chat.name),!(!i.members||this.#r.get(i.members)===i.members.size))){this.#r.set(i.members,i.members.size);for(let{user:r}of i.members.values())this.#i.set(r.id,r.displayName)}}}#s(t){let{me:n,users:i}=this.#t.state,r=t===n?.id?n:i.get(t);return L(r?.displayName??this.#i.get(t)??l.someone)}#u({chatId:t,seq:n,duplicate:i},r){if(i)return;let a=this.#e.get(t)??[];a.push({seq:n,at:new Date().toISOString(),text:r}),a.length>jd&&a.shift(),this.#e.set(t,a)}};function No(){let e=l.shortcuts.map(([t,n])=>c("div",{},c("dt",{},...t.split(" ").map(i=>c("kbd",{},i))),c("dd",{},n)));X(l.keyboardShortcuts,c("dl.shortcuts",{},...e))}var Bd=`${location.protocol==="https:"?"wss":"ws"}://${location.host}/ws`,Fd="(min-width: 48rem)";function Lo(e){let t=ie.load();t?.accessToken||t?.refreshToken?new Zn(e,{}).show():Io(e,n=>new Zn(e,n).entered)}var Zn=class{client;entered;#t;#e;#n;#i;#r;#o;#a;#c=!1;#l=!1;constructor(t,n){this.#t=t,this.client=new De({url:Bd,...n,session:ie,outbox:Rr}),this.#e=new Bn(r=>this.#u(r)),this.#a=this.#e.route,this.#r=new Cn(()=>this.client.wake()),this.#n=new Dn(this),this.#i=new Kn(this,new zn(this),new Yn(this.client),{back:()=>this.#e.toList()}),new In(this);let i=c("main",{},c("h1.visually-hidden",{},"PiChat"),this.#n.element,this.#i.element);this.#o=c("div.layout",{},this.#r.element,i,new Sn(this).element),this.client.on("status",r=>this.#m(r)),this.client.on("change",r=>this.#h(r)),this.client.on("problem",r=>Z(ct(r))),this.client.on("SETTINGS",({settings:r})=>Pr(r.theme)&&jt.set(r.theme)),this.entered=this.client.start(),this.entered.then(()=>this.#d(),()=>{})}get chat(){let{chatId:t}=this.#a;return this.client.state.rooms.has(t)?this.client.chat(t):void 0}show(){this.#c||(this.#c=!0,this.#t.replaceChildren(this.#o),this.#o.classList.toggle("open",this.#a.chatId!==""),this.#n.draw(),document.addEventListener("keydown",t=>this.#g(t)),document.addEventListener("visibilitychange",()=>document.visibilityState==="visible"&&this.#p()),window.addEventListener("online",()=>this.client.wake()))}open(t){this.#e.go({chatId:t})}showMessage({chatId:t,id:n}){t===this.#a.chatId&&this.chat?this.#i.show(n):this.#e.go({chatId:t,messageId:n})}async logOut(t){await this.client.logOut(t).catch(()=>this.client.close()),this.#s()}#s(){Dr(),history.replaceState(null,"",location.pathname),location.reload()}#u(t){this.#a=t,this.#o.classList.toggle("open",t.chatId!==""),this.#l&&(this.#i.open(t),this.#n.draw())}#d(){this.#l=!0,this.show(),this.client.command({type:"GET_SETTINGS"}).catch(()=>{}),this.#n.loaded();let[t]=Jt(this);!this.#a.chatId&&t&&window.matchMedia(Fd).matches?this.#e.go({chatId:t.id},{replace:!0}):this.#u(this.#a)}#h(t){if(!this.#c||!this.#l)return;let{chatId:n}=this.#a;this.#n.draw();let i=this.chat!==void 0;n&&i!==this.#i.showsChat&&this.client.status.phase==="online"?this.#i.open(this.#a):(t.has(n)||t.has(""))&&this.#i.draw();let r=this.client.chats.reduce((a,{object:o})=>a+(o.muted?o.mentionCount??0:o.unreadCount??0),0);document.title=r>0?`(${r}) PiChat`:"PiChat"}#m(t){this.#r.show(t),t.phase==="closed"&&this.#c&&t.reason instanceof wt&&this.#s()}#p(){this.client.wake(),this.#l&&this.#i.draw()}#g(t){if(!this.#l)return;let n=t.ctrlKey||t.metaKey;if(n&&t.key.toLowerCase()==="k")Pa(this);else if(n&&t.key==="/")No();else if(t.altKey&&(t.key==="ArrowUp"||t.key==="ArrowDown"))this.#b(t.key==="ArrowUp"?-1:1);else return;t.preventDefault()}#b(t){let n=Jt(this),i=n.findIndex(({id:a})=>a===this.#a.chatId)+t,r=n[Math.min(Math.max(i,0),n.length-1)];r&&this.open(r.id)}};jt.apply();ne.apply();zr();Lo(document.querySelector("#app"));})();
